//! Which reports can be added to each other: those of one year, one form and one scope, each unit
//! once. Every other one is left out with an objection.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::hash::Hash;

use super::member::Member;
use super::objection::Objection;
use crate::report::Scope;
use crate::text::character::same_name;

/// A sound report: number of its file, name of it, and what is kept of it.
pub(super) type Sound<'a> = (usize, &'a str, &'a Member);

/// The reports that go together, in order. The year and form are those of the parent where there
/// is one, otherwise those of most reports: of two years the later, of two forms the first.
pub(super) fn agreed<'a>(
    mut sound: Vec<Sound<'a>>,
    parent: Option<&Member>,
    mixed_scope: bool,
    objections: &mut Vec<Objection>,
) -> Vec<Sound<'a>> {
    let years = sound.iter().map(|(_, _, member)| member.year);
    let year = parent
        .map(|parent| parent.year)
        .or_else(|| most(years, |year, _| *year));
    sound.retain(|(number, _, member)| {
        let agrees = Some(member.year) == year;
        if let (false, Some(year)) = (agrees, year) {
            objections.push(Objection::year(*number, member.year, year));
        }
        agrees
    });
    let forms = sound.iter().map(|(_, _, member)| member.form.id.as_str());
    let form = parent
        .map(|parent| parent.form.id.as_str())
        .or_else(|| most(forms, |_, place| Reverse(place)))
        .map(str::to_owned);
    sound.retain(|(number, _, member)| {
        let agrees = Some(&member.form.id) == form.as_ref();
        if let (false, Some(form)) = (agrees, &form) {
            objections.push(Objection::form(*number, &member.form.id, form));
        }
        agrees
    });
    let own = |(_, _, member): &Sound<'_>| member.scope == Scope::Own;
    if !mixed_scope && sound.iter().any(own) {
        sound.retain(|one| {
            if !own(one) {
                objections.push(Objection::scope(one.0));
            }
            own(one)
        });
    }
    once(sound, objections)
}

/// Each unit's first report. Units are the same by their code, or by their name.
fn once<'a>(sound: Vec<Sound<'a>>, objections: &mut Vec<Objection>) -> Vec<Sound<'a>> {
    let (mut names, mut codes) = (HashMap::new(), HashMap::new());
    let first = sound.into_iter().filter(|(number, file, member)| {
        let name = same_name(&member.organ);
        let code = member.code.as_deref().map(same_name);
        let by_code = code.as_ref().and_then(|code| codes.get(code).copied());
        let before = by_code.or_else(|| names.get(&name).copied());
        if let Some(before) = before {
            objections.push(Objection::twice(*number, &member.organ, before));
            return false;
        }
        names.insert(name, *file);
        codes.extend(code.map(|code| (code, *file)));
        true
    });
    first.collect()
}

/// What there is most of; `rank` decides, by the thing and the place of its first, between those of
/// which there are as many.
pub(super) fn most<T: Eq + Hash + Copy, R: Ord>(
    things: impl Iterator<Item = T>,
    rank: impl Fn(&T, usize) -> R,
) -> Option<T> {
    let mut counted: HashMap<T, (usize, usize)> = HashMap::new();
    for (place, thing) in things.enumerate() {
        counted.entry(thing).or_insert((0, place)).0 += 1;
    }
    let counted = counted.into_iter();
    counted
        .max_by_key(|(thing, (times, place))| (*times, rank(thing, *place)))
        .map(|(thing, _)| thing)
}
