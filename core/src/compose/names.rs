//! What are things called where nobody says it?

/// A project's name as Compose makes it of any text: `My.Proj` is `myproj`.
///
/// Source: compose-go `loader/loader.go`, `NormalizeProjectName`.
pub fn project_name(text: &str) -> String {
    let lower = text.to_lowercase();
    let kept: String =
        lower.chars().filter(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || matches!(it, '_' | '-')).collect();
    kept.trim_start_matches(['_', '-']).to_owned()
}

/// What Docker calls a network or volume of a project: `web_data`.
///
/// Source: compose-go `loader/normalize.go`, `setNameFromKey`.
pub fn docker_name(project: &str, key: &str) -> String {
    [project, "_", key].concat()
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_of_projects_are_tidied() {
        for (text, expected) in [("My.Proj", "myproj"), ("_a-b_1", "a-b_1"), ("É x", "x"), ("", "")] {
            assert_eq!(super::project_name(text), expected);
        }
    }
}
