//! An amount and what it is for.

use leptos::prelude::*;

use super::Wording;

/// An amount with its period, in figures that stand in columns.
#[component]
pub fn Amount(
    /// The amount, as `$62.50`.
    #[prop(into)]
    amount: String,
    /// Its period, as `an hour`.
    #[prop(optional, into)]
    per: Wording,
    /// In the size of a headline.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    view! {
        <span class="money" data-size=large.then_some("large")>
            <span class="money-amount">{amount}</span>
            {per.shown().map(|per| view! { " "<span class="money-per">{per}</span> })}
        </span>
    }
}
