//! What texts say of figures: words behind which a number stands that the tables hold too.

use toml::Spanned;

use super::file::ClaimFile;
use super::formula::{self, Expr, FormulaError, Keys};
use crate::text::{Message, Span};

/// Words in which texts give the number of one figure or of a sum of figures.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The words, each a way to say it.
    pub phrases: Vec<String>,
    /// What the number should be.
    pub expected: Expr,
    /// What else the same words may mean.
    pub also: Vec<Expr>,
    /// One of these words comes before it, in the paragraph or in a heading above.
    pub context: Vec<String>,
    /// One of these words is in the same clause; none where the phrase says it all.
    pub needs: Vec<String>,
    /// The claims of one group are parts of one whole and may be added up in a text.
    pub group: Option<String>,
    /// The group that it is divided into: 其中 behind it speaks of parts of all there is.
    pub divides: Option<String>,
    /// Whether its context lasts through the paragraph, even where other things are counted.
    pub lasting: bool,
    /// Whether its number is compared with the tables; if not, it only tells what 其中 divides.
    pub compared: bool,
}

impl Claim {
    /// Every sum that the words may mean, the expected one first.
    pub(crate) fn readings(&self) -> impl Iterator<Item = &Expr> {
        std::iter::once(&self.expected).chain(&self.also)
    }
}

/// What is wrong with a claim of a form file.
pub(super) enum ClaimError {
    /// Something at a place of the file.
    At(Span, Message),
    /// Something inside one of its formulas.
    Formula(Spanned<String>, FormulaError),
}

/// Reads a claim of a form file.
pub(super) fn read(file: ClaimFile, keys: &Keys<'_>) -> Result<Claim, ClaimError> {
    let phrases = file.phrases.get_ref();
    if phrases.is_empty() || phrases.iter().any(String::is_empty) {
        return Err(ClaimError::At(
            file.phrases.span(),
            Message::new(
                "phrases 至少写一个词，不能是空的",
                "phrases has one phrase or more, none of them empty",
            ),
        ));
    }
    let also = file.also.into_iter().map(|formula| sum(formula, keys));
    Ok(Claim {
        expected: sum(file.figure, keys)?,
        also: also.collect::<Result<_, _>>()?,
        phrases: file.phrases.into_inner(),
        context: file.context,
        needs: file.needs,
        group: file.group,
        divides: file.divides,
        lasting: file.lasting,
        compared: file.compared,
    })
}

fn sum(formula: Spanned<String>, keys: &Keys<'_>) -> Result<Expr, ClaimError> {
    let expr = match formula::sum(formula.get_ref(), keys) {
        Ok(expr) => expr,
        Err(fault) => return Err(ClaimError::Formula(formula, fault)),
    };
    if expr.operands().any(|(_, previous)| previous) || expr.operands().next().is_none() {
        return Err(ClaimError::At(
            formula.span(),
            Message::new(
                "这里要写本年数据项之和",
                "this is a sum of figures of the same year",
            ),
        ));
    }
    Ok(expr)
}
