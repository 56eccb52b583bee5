//! Which template an offer gets: the one that says most about it.

use serde::Serialize;

use super::datum::Source;
use super::{Scope, Template};

/// Why no template was chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "unchosen", rename_all = "snake_case")]
pub enum Unchosen {
    /// No template is meant for this offer.
    None,
    /// Several are, and none says more than the others.
    Tie {
        /// Their keys, sorted.
        templates: Vec<String>,
    },
}

/// Chooses the template whose scope fits and names the most.
///
/// # Errors
/// When none fits, or several fit equally well.
pub fn choose<'a>(templates: &'a [Template], source: &dyn Source) -> Result<&'a Template, Unchosen> {
    let fitting = || templates.iter().filter(|template| template.scope.fits(source));
    let most = fitting().map(|template| template.scope.named()).max().ok_or(Unchosen::None)?;
    let mut best: Vec<&Template> = fitting().filter(|template| template.scope.named() == most).collect();
    match best.pop() {
        Some(only) if best.is_empty() => Ok(only),
        Some(last) => {
            best.push(last);
            let mut keys: Vec<String> = best.into_iter().map(|template| template.key.to_string()).collect();
            keys.sort();
            Err(Unchosen::Tie { templates: keys })
        }
        None => Err(Unchosen::None),
    }
}

/// Pairs of templates that would tie for some offer; publication refuses them.
#[must_use]
pub fn ties(templates: &[Template]) -> Vec<(String, String)> {
    let mut ties = Vec::new();
    for (index, one) in templates.iter().enumerate() {
        for other in templates.iter().skip(index + 1) {
            if one.scope.named() == other.scope.named() && one.scope.meets(&other.scope) {
                ties.push((one.key.to_string(), other.key.to_string()));
            }
        }
    }
    ties
}

impl Scope {
    /// Every part: the field it looks at, and the values that it accepts.
    fn parts(&self) -> [(&'static str, Vec<&str>); 5] {
        fn texts(values: &[String]) -> Vec<&str> {
            values.iter().map(String::as_str).collect()
        }
        [
            ("engagement", self.engagements.iter().map(|engagement| engagement.code()).collect()),
            ("job.state", texts(&self.states)),
            ("job.level", texts(&self.levels)),
            ("job.title", texts(&self.titles)),
            ("job.employment_type", texts(&self.employment_types)),
        ]
    }

    /// Whether it is for every offer.
    #[must_use]
    pub fn is_any(&self) -> bool {
        self.named() == 0
    }

    /// How many things it names.
    #[must_use]
    pub fn named(&self) -> usize {
        self.parts().into_iter().filter(|(_, values)| !values.is_empty()).count()
    }

    /// Whether an offer is within it; a thing that the offer does not say is not met.
    #[must_use]
    pub fn fits(&self, source: &dyn Source) -> bool {
        let met = |field: &str, values: &[&str]| source.datum(field).is_some_and(|datum| values.iter().any(|value| datum.is(value)));
        self.parts().into_iter().all(|(field, values)| values.is_empty() || met(field, &values))
    }

    /// Whether some offer can be within both.
    fn meets(&self, other: &Self) -> bool {
        let (mine, theirs) = (self.parts(), other.parts());
        mine.into_iter()
            .zip(theirs)
            .all(|((_, mine), (_, theirs))| mine.is_empty() || theirs.is_empty() || mine.iter().any(|value| theirs.contains(value)))
    }
}
