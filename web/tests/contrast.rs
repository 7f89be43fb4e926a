//! Can everybody read the page? The colours of `static/tokens.css`, held against WCAG 2.2 in both themes.

use std::collections::HashMap;

const TOKENS: &str = include_str!("../../static/tokens.css");

/// Text on what it stands on, at least 4.5 : 1.
const TEXT: &[(&str, &str)] = &[
    (
        "text",
        "surface-0 surface-1 surface-2 surface-3 accent-wash error-wash warning-wash hint-wash ok-wash selection changed",
    ),
    (
        "text-muted",
        "surface-0 surface-1 surface-2 surface-3 error-wash warning-wash hint-wash ok-wash changed accent-wash",
    ),
    ("accent-text", "surface-0 surface-1 surface-2 surface-3 accent-wash"),
    ("on-accent", "accent"),
    ("error-text", "surface-0 surface-1 surface-2 error-wash"),
    ("warning-text", "surface-0 surface-1 surface-2 warning-wash"),
    ("hint-text", "surface-0 surface-1 surface-2 hint-wash"),
    ("ok-text", "surface-0 surface-1 surface-2 ok-wash"),
    ("code-key", "surface-1 surface-2 changed ok-wash error-wash"),
    ("code-string", "surface-1 surface-2 changed ok-wash error-wash"),
    ("code-number", "surface-1 surface-2 changed ok-wash error-wash"),
    ("code-word", "surface-1 surface-2 changed ok-wash error-wash"),
    ("code-comment", "surface-1 surface-2 changed ok-wash error-wash"),
    ("code-punctuation", "surface-1 surface-2 changed ok-wash error-wash"),
];

/// Edges of controls, focus rings and severity marks, at least 3 : 1.
const MARKS: &[(&str, &str)] = &[
    ("edge", "surface-0 surface-1 surface-2"),
    ("accent", "surface-0 surface-1 surface-2 surface-3"),
    ("error", "surface-0 surface-1 surface-2 error-wash"),
    ("warning", "surface-0 surface-1 surface-2 warning-wash"),
    ("hint", "surface-0 surface-1 surface-2 hint-wash"),
    ("ok", "surface-0 surface-1 surface-2 ok-wash"),
];

/// The colours that the block after `[data-theme="…"] {` names, as relative luminance.
fn luminances(theme: &str) -> HashMap<&'static str, f64> {
    let start = TOKENS.find(&format!("[data-theme=\"{theme}\"] {{")).expect("the theme has a block");
    let block = TOKENS[start..].split('}').next().unwrap_or_default();
    block
        .lines()
        .filter_map(|line| {
            let (name, value) = line.trim().strip_prefix("--")?.split_once(": oklch(")?;
            let numbers: Vec<f64> = value.trim_end_matches(");").split(' ').filter_map(|it| it.parse().ok()).collect();
            let [lightness, chroma, hue] = numbers[..] else {
                return None;
            };
            Some((name, luminance(lightness, chroma, hue)))
        })
        .collect()
}

/// OKLCH to relative luminance by way of linear sRGB, clipped as a screen does.
///
/// Source: Björn Ottosson, "A perceptual color space for image processing", 2020; WCAG 2.2, "relative luminance".
fn luminance(lightness: f64, chroma: f64, hue: f64) -> f64 {
    let (sin, cos) = hue.to_radians().sin_cos();
    let (a, b) = (chroma * cos, chroma * sin);
    let l = (lightness + 0.3963377774 * a + 0.2158037573 * b).powi(3);
    let m = (lightness - 0.1055613458 * a - 0.0638541728 * b).powi(3);
    let s = (lightness - 0.0894841775 * a - 1.2914855480 * b).powi(3);
    let red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s;
    let green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s;
    let blue = -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s;
    0.2126 * red.clamp(0.0, 1.0) + 0.7152 * green.clamp(0.0, 1.0) + 0.0722 * blue.clamp(0.0, 1.0)
}

#[test]
fn text_and_marks_stand_out_in_both_themes() {
    let mut faint = Vec::new();
    for theme in ["light", "dark"] {
        let luminances = luminances(theme);
        for (pairs, least) in [(TEXT, 4.5), (MARKS, 3.0)] {
            for (front, backs) in pairs {
                for back in backs.split(' ') {
                    let (front_light, back_light) = (luminances[front], luminances[back]);
                    let ratio = (front_light.max(back_light) + 0.05) / (front_light.min(back_light) + 0.05);
                    if ratio < least {
                        faint.push(format!("{theme}: {front} on {back} is {ratio:.2} : 1, needs {least}"));
                    }
                }
            }
        }
    }
    assert!(faint.is_empty(), "{}", faint.join("\n"));
}

#[test]
fn both_themes_name_the_same_colours() {
    let names = |theme| {
        let mut names: Vec<_> = luminances(theme).into_keys().collect();
        names.sort_unstable();
        names
    };
    assert_eq!(names("light"), names("dark"));
}
