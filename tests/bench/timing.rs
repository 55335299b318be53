//! How long things took, as tables say it.
use std::time::Duration;

/// What the columns of [`Times::line`] are.
pub const HEADER: &str =
    "                                p50 ms    p95 ms    p99 ms   most ms    a second";

pub struct Times(Vec<Duration>);

impl Times {
    pub fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        Self(times)
    }

    /// In milliseconds.
    pub fn percentile(&self, share: f64) -> f64 {
        let at = ((self.0.len() - 1) as f64 * share).round() as usize;
        self.0[at].as_secs_f64() * 1e3
    }

    pub fn a_second(&self) -> f64 {
        self.0.len() as f64 / self.0.iter().sum::<Duration>().as_secs_f64()
    }

    /// With as many a second as one after the other.
    pub fn line(&self, name: &str) -> String {
        self.line_at(name, self.a_second())
    }

    pub fn line_at(&self, name: &str, a_second: f64) -> String {
        format!(
            "{name:<28} {:>9.3} {:>9.3} {:>9.3} {:>9.3} {:>11.0}",
            self.percentile(0.5),
            self.percentile(0.95),
            self.percentile(0.99),
            self.percentile(1.0),
            a_second
        )
    }
}

/// What a process holds in memory, in mebibytes: `self`, or its number.
pub fn resident(process: &str) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let kibibytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok());
    kibibytes.unwrap_or_default() / 1024.0
}

/// What a process has taken of all cores together. The system counts in hundredths of a second.
pub fn processor_time(process: &str) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The name, in brackets, may have spaces; the 14th and 15th field are the program's and the system's.
    let after = stat.rsplit(')').next().unwrap_or_default();
    let hundredths = after.split_whitespace().skip(11).take(2);
    let hundredths: u64 = hundredths.filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(hundredths * 10)
}
