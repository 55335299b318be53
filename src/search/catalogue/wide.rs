//! Runs a loop with the widest instructions the processor has.
use pulp::Arch;

#[cfg(target_arch = "x86_64")]
pulp::simd_type! {
    /// Eight words at once, and an instruction that counts the ones in each.
    struct Counting {
        f: "avx512f",
        vl: "avx512vl",
        popcnt: "avx512vpopcntdq",
    }
}

/// `work` must be `#[inline(always)]`, or it is compiled as for any processor.
#[inline(always)]
pub(super) fn widely<T>(work: impl FnOnce() -> T) -> T {
    #[cfg(target_arch = "x86_64")]
    if let Some(counting) = Counting::try_new() {
        return counting.vectorize(work);
    }
    Arch::new().dispatch(work)
}
