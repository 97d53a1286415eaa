//! Why a person got a campaign, or did not, as `admin/recipient.html` shows it.

use crate::campaign::recipient::Explanation;
use crate::campaign::recipient::facts::{Fact, Weight};
use crate::model::CampaignId;
use crate::model::recipient::RecipientVerdict;
use crate::store::campaigns::Campaign;
use crate::web::admin::wording::Wording;

/// An explanation in words.
pub struct Shown {
    pub campaign: Campaign,
    pub question: String,
    pub sentence: String,
    verdict: RecipientVerdict,
    pub facts: Vec<ShownFact>,
}

/// A fact in words.
pub struct ShownFact {
    pub text: String,
    weight: Weight,
    /// The digest that it leads to.
    pub digest: Option<CampaignId>,
}

impl Shown {
    /// What is known of the person with this address.
    pub fn new(wording: &Wording, email: &str, found: Explanation) -> Self {
        let words = wording.recipients();
        let verdict = found.conclusion.verdict;
        let question = match found.campaign.started_at {
            Some(_) => "admin-why-question",
            None => "admin-why-question-now",
        };
        let fact = |fact: &Fact| ShownFact {
            text: crate::web::admin::wording::sentence(&words.fact(fact)),
            weight: fact.weight(),
            digest: match fact {
                Fact::Digest { campaign, .. } => *campaign,
                _ => None,
            },
        };
        Self {
            question: wording
                .say(question)
                .text("email", wording.address(email))
                .text("subject", &found.campaign.subject)
                .into(),
            sentence: words.sentence(&found.conclusion),
            facts: found.facts.iter().map(fact).collect(),
            verdict,
            campaign: found.campaign,
        }
    }

    /// The look of the answer; what it says is in its words.
    pub fn tone(&self) -> &'static str {
        match self.verdict {
            RecipientVerdict::Received | RecipientVerdict::WouldReceive => "good",
            RecipientVerdict::NotReceived | RecipientVerdict::WouldNotReceive => "bad",
            RecipientVerdict::Pending | RecipientVerdict::Unknown => "warn",
        }
    }
}

impl ShownFact {
    /// The class of its line.
    pub fn mark(&self) -> &'static str {
        match self.weight {
            Weight::For => "",
            Weight::Against => "check--bad",
            Weight::Neutral => "check--info",
        }
    }

    /// The phrase that tells screen readers what the mark tells the eye.
    pub fn says(&self) -> &'static str {
        match self.weight {
            Weight::For => "admin-why-for",
            Weight::Against => "admin-why-against",
            Weight::Neutral => "",
        }
    }
}
