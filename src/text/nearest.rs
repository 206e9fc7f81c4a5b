//! The name that was probably meant.

/// The candidate nearest to a name that is not there, when one is near: few edits, or the same name with another suffix.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let stem = |text: &str| text.split('.').next().unwrap_or("").to_lowercase();
    let limit = name.chars().count() / 3;
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let same = !stem(name).is_empty() && stem(name) == stem(candidate);
            let edits = if same { 0 } else { distance(name, candidate) };
            (same || (1..=limit).contains(&edits)).then_some((edits, candidate))
        })
        .min()
        .map(|(_, candidate)| candidate)
}

/// Levenshtein's distance, in characters; names are short, longer ones are far from everything.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().max(b.len()) > 100 {
        return usize::MAX;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, right) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(left != right);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_offered_and_far_ones_are_not() {
        assert_eq!(nearest("demo", ["setup.py", "demo.py"]), Some("demo.py"));
        assert_eq!(nearest("demmo.py", ["setup.py", "demo.py"]), Some("demo.py"));
        assert_eq!(nearest("Run", ["run.sh", "x"]), Some("run.sh"));
        assert_eq!(nearest("x", ["y", "z"]), None);
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
