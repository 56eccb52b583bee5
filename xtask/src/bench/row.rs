//! One figure with its baseline and its bar.

use serde_json::{Value, json};

/// What a figure must be.
#[derive(Clone, Copy, Debug)]
pub(super) enum Bar {
    /// The value itself, at most.
    AtMost(f64),
    /// The value itself, at least.
    AtLeast(f64),
    /// The value over its baseline, at least.
    RatioAtLeast(f64),
    /// The value over its baseline, at most.
    RatioAtMost(f64),
    /// It is reported only.
    None,
}

/// A row of the table.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) name: String,
    pub(super) value: f64,
    pub(super) unit: &'static str,
    /// What it is compared with, by name and figure.
    pub(super) baseline: Option<(&'static str, f64)>,
    /// The ratio to the baseline: the median over pairs where there were pairs.
    pub(super) ratio: Option<f64>,
    pub(super) bar: Bar,
}

impl Row {
    /// A figure that stands for itself.
    pub(super) fn alone(name: impl Into<String>, value: f64, unit: &'static str, bar: Bar) -> Self {
        Self { name: name.into(), value, unit, baseline: None, ratio: None, bar }
    }

    /// Pairs of value and baseline, measured in turn: medians, and the median of the ratios.
    pub(super) fn paired(
        name: impl Into<String>,
        values: &[f64],
        unit: &'static str,
        baseline: &'static str,
        baselines: &[f64],
        bar: Bar,
    ) -> Self {
        let ratios: Vec<f64> = values.iter().zip(baselines).map(|(value, base)| value / base).collect();
        Self {
            name: name.into(),
            value: median(values),
            unit,
            baseline: Some((baseline, median(baselines))),
            ratio: Some(median(&ratios)),
            bar,
        }
    }

    /// Whether the bar holds; nothing for a figure without one.
    pub(super) fn holds(&self) -> Option<bool> {
        let ratio = self.ratio.unwrap_or(f64::NAN);
        match self.bar {
            Bar::AtMost(most) => Some(self.value <= most),
            Bar::AtLeast(least) => Some(self.value >= least),
            Bar::RatioAtLeast(least) => Some(ratio >= least),
            Bar::RatioAtMost(most) => Some(ratio <= most),
            Bar::None => None,
        }
    }

    pub(super) fn json(&self) -> Value {
        json!({
            "name": self.name, "value": self.value, "unit": self.unit,
            "baseline": self.baseline.map(|(name, value)| json!({ "name": name, "value": value })),
            "ratio": self.ratio, "bar": self.bar.shown(), "holds": self.holds(),
        })
    }

    /// The row as a line of the table.
    pub(super) fn shown(&self) -> String {
        let compared = match (self.baseline, self.ratio) {
            (Some((name, value)), Some(ratio)) => format!("{:.0} % of {name} ({value:.2})", ratio * 100.0),
            _ => String::new(),
        };
        let verdict = match self.holds() {
            Some(true) => "holds",
            Some(false) => "MISSED",
            None => "",
        };
        let (name, figure, bar) = (&self.name, format!("{:.2} {}", self.value, self.unit), self.bar.shown());
        format!("{name:<52} {figure:>18}  {compared:<44} {bar:<22} {verdict}")
    }
}

impl Bar {
    fn shown(self) -> String {
        match self {
            Self::AtMost(most) => format!("<= {most}"),
            Self::AtLeast(least) => format!(">= {least}"),
            Self::RatioAtLeast(least) => format!(">= {:.0} % of baseline", least * 100.0),
            Self::RatioAtMost(most) => format!("<= {:.0} % of baseline", most * 100.0),
            Self::None => String::new(),
        }
    }
}

/// The middle one; NaN of nothing, so that no bar holds by accident.
pub(super) fn median(values: &[f64]) -> f64 {
    percentile(values, 0.5)
}

/// The smallest value that so many of all are not above.
pub(super) fn percentile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let wanted = values.iter().enumerate().map(|(place, _)| place).find(|place| {
        let below = u32::try_from(place + 1).map_or(0.0, f64::from);
        below >= share * u32::try_from(values.len()).map_or(f64::INFINITY, f64::from)
    });
    wanted.and_then(|place| sorted.get(place)).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_one_of_the_values() {
        let values: Vec<f64> = (1..=100).map(f64::from).collect();
        assert!((percentile(&values, 0.99) - 99.0).abs() < f64::EPSILON);
        assert!((median(&[9.0, 1.0, 5.0]) - 5.0).abs() < f64::EPSILON);
    }

    #[test]
    fn nothing_measured_holds_no_bar() {
        assert_eq!(Row::paired("x", &[], "s", "y", &[], Bar::RatioAtLeast(0.1)).holds(), Some(false));
    }
}
