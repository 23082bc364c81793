//! Many files on all cores, their results in the order of the files.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;

/// Most threads: a result may hold two open files, and systems allow 1024 of them.
pub(super) const MOST_JOBS: usize = 256;
/// Results that may wait for each thread until a slower one before them is there.
const WAITING: usize = 4;
/// Results that may wait in all.
const MOST_WAITING: usize = 128;
/// Stack of a thread, in bytes: what the first thread has on Linux. The standard library's 2 MiB
/// would make what is read on one thread fail on another.
const STACK: usize = 8 * 1024 * 1024;

/// How many threads the computer has work for.
pub(super) fn cores() -> NonZeroUsize {
    thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// Does `work` on every path, on `jobs` threads, and shows every result in the calling thread, in
/// the order of the paths. So what is seen is the same however many threads there are. A few
/// results at most wait for their turn, so memory stays flat however many paths there are.
///
/// Where `show` breaks, nothing more is begun; what was begun is dropped unseen. Out comes what it
/// broke with. A panic in `work` goes on here when its turn comes.
pub(super) fn each<T: Send, B>(
    paths: &[PathBuf],
    jobs: NonZeroUsize,
    work: impl Fn(&Path) -> T + Sync,
    mut show: impl FnMut(&Path, T) -> ControlFlow<B>,
) -> ControlFlow<B> {
    let jobs = jobs.get().min(MOST_JOBS).min(paths.len());
    if jobs <= 1 {
        return paths.iter().try_for_each(|path| show(path, work(path)));
    }
    let (feed, tasks) = mpsc::channel::<(usize, &Path)>();
    let (report, results) = mpsc::channel();
    let tasks = Mutex::new(tasks);
    let stopped = AtomicBool::new(false);
    let worker = || {
        let report = report.clone();
        loop {
            let task = tasks.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok((number, path)) = task else { break };
            if stopped.load(Ordering::Relaxed) {
                break;
            }
            let result = catch_unwind(AssertUnwindSafe(|| work(path)));
            if report.send((number, result)).is_err() {
                break;
            }
        }
    };
    thread::scope(|scope| {
        let spawned = (0..jobs).map_while(|_| {
            let builder = thread::Builder::new().stack_size(STACK);
            builder.spawn_scoped(scope, worker).ok()
        });
        if spawned.count() == 0 {
            return paths.iter().try_for_each(|path| show(path, work(path)));
        }
        // Dropped when this ends, however it ends: then the threads end too.
        let feed = feed;
        let mut rest = paths.iter().map(PathBuf::as_path).enumerate();
        let window = jobs + (WAITING * jobs).min(MOST_WAITING);
        for task in rest.by_ref().take(window) {
            let _ = feed.send(task);
        }
        let mut early = HashMap::new();
        for (number, path) in paths.iter().enumerate() {
            let result = loop {
                if let Some(result) = early.remove(&number) {
                    break result;
                }
                match results.recv() {
                    Ok((number, result)) => early.insert(number, result),
                    // Every task is answered before its thread ends.
                    Err(mpsc::RecvError) => return ControlFlow::Continue(()),
                };
            };
            let shown = result.map(|result| show(path, result));
            if !matches!(shown, Ok(ControlFlow::Continue(()))) {
                stopped.store(true, Ordering::Relaxed);
                return shown.unwrap_or_else(|panic| resume_unwind(panic));
            }
            if let Some(task) = rest.next() {
                let _ = feed.send(task);
            }
        }
        ControlFlow::Continue(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicUsize;
    use std::time::Duration;

    fn paths(count: usize) -> Vec<PathBuf> {
        (0..count).map(|n| PathBuf::from(n.to_string())).collect()
    }

    fn number(path: &Path) -> usize {
        path.to_str().unwrap().parse().unwrap()
    }

    fn jobs(count: usize) -> NonZeroUsize {
        NonZeroUsize::new(count).unwrap()
    }

    #[test]
    fn results_are_shown_in_the_order_of_the_paths_whichever_is_ready_first() {
        for count in [1, 2, 7, 500] {
            let mut shown = Vec::new();
            let work = |path: &Path| {
                // The earlier, the slower.
                thread::sleep(Duration::from_micros(500 - number(path) as u64));
                number(path)
            };
            let ended = each(&paths(500), jobs(count), work, |path, result| {
                assert_eq!(number(path), result);
                shown.push(result);
                ControlFlow::<()>::Continue(())
            });
            assert_eq!(ended, ControlFlow::Continue(()));
            assert!(shown.into_iter().eq(0..500), "{count}");
        }
    }

    #[test]
    fn what_is_ready_early_does_not_pile_up() {
        let (done, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let work = |path: &Path| {
            if number(path) == 0 {
                thread::sleep(Duration::from_millis(50));
            }
            most.fetch_max(done.fetch_add(1, Ordering::SeqCst), Ordering::SeqCst);
        };
        let mut shown = 0;
        let _ = each(&paths(1000), jobs(4), work, |_, ()| {
            shown += 1;
            if shown == 1 {
                // Everything that could be done before the first result was shown.
                assert!(most.load(Ordering::SeqCst) <= 4 + 4 * WAITING);
            }
            ControlFlow::<()>::Continue(())
        });
        assert_eq!(shown, 1000);
    }

    #[test]
    fn nothing_is_shown_after_a_break() {
        for count in [1, 3] {
            let mut shown = Vec::new();
            let ended = each(&paths(100), jobs(count), number, |_, result| {
                shown.push(result);
                match result {
                    20 => ControlFlow::Break("twenty"),
                    _ => ControlFlow::Continue(()),
                }
            });
            assert_eq!(ended, ControlFlow::Break("twenty"));
            assert!(shown.into_iter().eq(0..=20));
        }
    }

    #[test]
    fn a_panic_comes_out_and_hangs_nothing() {
        let caught = catch_unwind(|| {
            each(
                &paths(100),
                jobs(2),
                |path| assert_ne!(number(path), 30),
                |_, ()| ControlFlow::<()>::Continue(()),
            )
        });
        assert!(caught.is_err());
    }
}
