//! What was made last, kept for the reports to come. What is found here is what would have been
//! made: nothing that is written depends on it.

use std::sync::{Arc, Mutex, PoisonError};

/// The values that were used last, each under its key. Threads share it; none waits while another
/// makes a value.
pub(crate) struct Recent<K, V> {
    most: usize,
    /// The value used last comes first.
    list: Mutex<Vec<(K, Arc<V>)>>,
}

impl<K, V> Recent<K, V> {
    /// Keeps `most` values, 1 at the least.
    pub fn new(most: usize) -> Self {
        Self {
            most: most.max(1),
            list: Mutex::new(Vec::new()),
        }
    }

    /// The value whose key `is` the one that is asked for.
    pub fn find(&self, is: impl Fn(&K) -> bool) -> Option<Arc<V>> {
        let mut list = self.list.lock().unwrap_or_else(PoisonError::into_inner);
        let at = list.iter().position(|(key, _)| is(key))?;
        if let Some(upto) = list.get_mut(..=at) {
            upto.rotate_right(1);
        }
        list.first().map(|(_, value)| Arc::clone(value))
    }

    /// Keeps a value, in place of the one that was not used for longest where there are too many.
    pub fn keep(&self, key: K, value: V) -> Arc<V> {
        let value = Arc::new(value);
        let mut list = self.list.lock().unwrap_or_else(PoisonError::into_inner);
        list.truncate(self.most - 1);
        list.insert(0, (key, Arc::clone(&value)));
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_used_for_longest_makes_room() {
        let recent = Recent::new(2);
        for key in ["a", "b"] {
            recent.keep(key, key.len());
        }
        assert!(recent.find(|key| *key == "a").is_some());
        recent.keep("c", 1);
        let held = ["a", "b", "c"].map(|wanted| recent.find(|key| *key == wanted).is_some());
        assert_eq!(held, [true, false, true]);
    }
}
