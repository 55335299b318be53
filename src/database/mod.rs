//! The database: a pool, the migrations, and a private server where none is named.
