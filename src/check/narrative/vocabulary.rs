//! The words that one report is read with: the claims of its form, its year, its own names.

use std::collections::{BTreeSet, HashMap};

use super::characters::{Character, longest, rest, simplified, starts};
use super::words::{OWN, PARTS, REGION, Words};
use crate::form::Claim;
use crate::report::{Report, Scope};

/// The words that the clauses of one report are read with.
pub(super) struct Vocabulary<'a> {
    claims: &'a [Claim],
    /// Phrases in simplified characters by the first one, each with the number of its claim.
    phrases: HashMap<char, Vec<(String, usize)>>,
    /// The body's names and the report's year.
    names: Vec<String>,
    /// How the body, or the region, speaks of itself.
    subjects: &'static Words,
    /// How it would if the figures were the other's: those numbers are not in the tables.
    pub others: &'static Words,
}

impl<'a> Vocabulary<'a> {
    pub fn new(report: &'a Report) -> Self {
        let claims = &report.form.claims;
        let mut phrases: HashMap<char, Vec<_>> = HashMap::new();
        for (id, claim) in claims.iter().enumerate() {
            for phrase in claim.phrases.iter().map(|phrase| simplified(phrase)) {
                if let Some(first) = phrase.chars().next() {
                    phrases.entry(first).or_default().push((phrase, id));
                }
            }
        }
        let full = simplified(&report.organ.text);
        let name = full.split(['（', '(']).next().unwrap_or_default();
        let mut names = vec![
            name.to_owned(),
            format!("{}年", report.year),
            format!("{}年度", report.year),
        ];
        let (subjects, others) = match report.scope {
            Scope::Own => (&OWN, &REGION),
            Scope::Region => {
                names.extend(name.strip_suffix("人民政府").map(str::to_owned));
                let region = report.particulars.get("organ.region");
                names.extend(region.map(|region| simplified(&region.text)));
                (&REGION, &OWN)
            }
        };
        names.retain(|name| !name.is_empty());
        Self {
            claims,
            phrases,
            names,
            subjects,
            others,
        }
    }

    /// Claims by their numbers.
    pub fn claims<'b>(&self, ids: &'b [usize]) -> impl Iterator<Item = &'a Claim> + use<'a, 'b> {
        let claims = self.claims;
        ids.iter().filter_map(|id| claims.get(*id))
    }

    /// The longest phrase that `characters` start with: its claim and its length.
    pub fn phrase(&self, characters: &[Character]) -> Option<(usize, usize)> {
        self.phrases
            .get(&characters.first()?.c)?
            .iter()
            .filter_map(|(phrase, id)| Some((*id, starts(characters, phrase)?)))
            .max_by_key(|(_, length)| *length)
    }

    /// How many characters a word takes that says nothing but what the tables say too.
    pub fn own(&self, characters: &[Character]) -> usize {
        let phrase = self.phrase(characters).map_or(0, |(_, length)| length);
        phrase
            .max(self.subject(characters))
            .max(longest(characters, &PARTS))
    }

    /// How many characters a name takes by which the body, or the region, or the year is called.
    pub fn subject(&self, characters: &[Character]) -> usize {
        let names = self
            .names
            .iter()
            .filter_map(|name| starts(characters, name));
        names
            .max()
            .unwrap_or(0)
            .max(longest(characters, self.subjects))
    }

    /// Whether any phrase is among `characters`.
    pub fn says_anything(&self, characters: &[Character]) -> bool {
        (0..characters.len()).any(|at| self.phrase(rest(characters, at)).is_some())
    }

    /// The claims whose phrases are among `characters`.
    pub fn mentioned(&self, characters: &[Character]) -> Vec<usize> {
        let mut at = 0;
        let mut claims = Vec::new();
        while at < characters.len() {
            match self.phrase(rest(characters, at)) {
                Some((claim, length)) => {
                    claims.push(claim);
                    at += length.max(1);
                }
                None => at += 1,
            }
        }
        claims
    }

    /// Whether the numbers of several phrases may be added up.
    pub fn may_be_added(&self, claims: &[usize]) -> bool {
        let group = |id: &usize| self.claims.get(*id)?.group.as_deref();
        let mut seen = BTreeSet::new();
        match claims {
            [_] => true,
            [first, ..] => {
                group(first).is_some()
                    && claims
                        .iter()
                        .all(|id| seen.insert(*id) && group(id) == group(first))
            }
            [] => false,
        }
    }
}
