//! `export`: what it writes is what the import reads.
use std::{fs, path::Path, process::Output};

use crate::support::{self, Program, Site, folder};

fn run(folder: &Path, database: &str, arguments: &[&str]) -> Output {
    let mut command = Program::command(folder);
    let done = command.env("DATABASE_URL", database).current_dir(folder).args(arguments).output();
    let done = done.unwrap();
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    done
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[tokio::test]
async fn what_is_exported_is_imported_again_without_a_difference() {
    let (db, _site) = Site::of_sample().await;
    let (folder, database) = (folder(), support::url(&db));
    for what in ["providers", "venues", "offers"] {
        let table = format!("select count(*) from {what}");
        let rows: i64 =
            sqlx::query_scalar(sqlx::AssertSqlSafe(table)).fetch_one(&*db).await.unwrap();
        assert!(rows > 50);
        let done = run(folder.path(), &database, &["export", what, "all.csv"]);
        assert_eq!(said(&done), format!("{rows} rows are written to all.csv.\n"));
        let again = said(&run(folder.path(), &database, &["import", what, "all.csv"]));
        let unchanged = format!("0 added, 0 changed, {rows} unchanged, 0 refused.");
        assert!(again.contains(&unchanged), "{what}: {again}");

        let shown = run(folder.path(), &database, &["export", what]);
        assert_eq!(said(&shown), fs::read_to_string(folder.path().join("all.csv")).unwrap());
    }
    let left = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 1, "nothing stands beside the file when it is complete");
}

#[tokio::test]
async fn a_file_from_one_directory_makes_the_same_in_another() {
    let (db, _site) = Site::of_sample().await;
    let empty = support::database().await;
    let folder = folder();
    for what in ["providers", "venues", "offers"] {
        let (first, second) = (format!("{what}.csv"), format!("{what}-again.csv"));
        run(folder.path(), &support::url(&db), &["export", what, &first]);
        run(folder.path(), &support::url(&empty), &["import", what, &first]);
        run(folder.path(), &support::url(&empty), &["export", what, &second]);
        let read = |name| fs::read_to_string(folder.path().join(name)).unwrap();
        assert!(read(&first) == read(&second), "{what} differ");
    }
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_named() {
    let db = support::database().await;
    let folder = folder();
    let mut command = Program::command(folder.path());
    command.env("DATABASE_URL", support::url(&db)).args(["export", "offers", "/nowhere/all.csv"]);
    let done = command.output().unwrap();
    let told = String::from_utf8_lossy(&done.stderr);
    assert!(!done.status.success() && told.contains("/nowhere/all.csv"), "{told}");
}
