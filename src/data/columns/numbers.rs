//! The numbers of one column as they are read: whole mantissas of one scale as long as all fit, else exact. No cell is read here.

use crate::data::amount::power_of_ten;
use crate::data::measure::Amount;
use crate::value::Hull;
use crate::value::Number;
use crate::value::NumberColumn;
use crate::value::Numbers;
use crate::value::Sparse;

/// A column being filled; cells that are not filled are zero.
pub(super) enum Filling {
    /// Value = mantissa ÷ 10^scale.
    Scaled { scale: u32, mantissas: Vec<i64> },
    /// What does not fit there.
    Exact(Vec<Number>),
}

impl Filling {
    /// A column of so many zeros.
    pub fn new(len: usize) -> Filling {
        Filling::Scaled { scale: 0, mantissas: vec![0; len] }
    }

    /// Puts a value into a row.
    pub fn put(&mut self, row: u32, amount: &Amount) {
        if let Filling::Scaled { scale, mantissas } = self
            && let Some(mantissa) = fitted(scale, mantissas, amount)
        {
            mantissas[row as usize] = mantissa;
            return;
        }
        self.exact()[row as usize] = amount.to_number();
    }

    fn exact(&mut self) -> &mut Vec<Number> {
        if let Filling::Scaled { scale, mantissas } = self {
            let number = |it: &i64| Number::scaled((*it).into(), *scale);
            *self = Filling::Exact(mantissas.iter().map(number).collect());
        }
        match self {
            Filling::Exact(numbers) => numbers,
            Filling::Scaled { .. } => unreachable!("it was made exact above"),
        }
    }

    /// The column; `special` are the rows that are not one plain value.
    pub fn finish(self, special: Sparse<Hull>) -> NumberColumn {
        let values = match self {
            Filling::Scaled { scale, mantissas } => Numbers::Scaled { scale, mantissas },
            Filling::Exact(numbers) => Numbers::Exact(numbers),
        };
        NumberColumn { values, special }
    }
}

/// The mantissa of a value in the scale of the column, which grows where the value has more places; none where one of
/// them does not fit.
fn fitted(scale: &mut u32, mantissas: &mut [i64], amount: &Amount) -> Option<i64> {
    let Amount::Decimal(decimal) = amount else { return None };
    if decimal.scale > *scale {
        let factor = i64::try_from(power_of_ten(decimal.scale - *scale)?).ok()?;
        if mantissas.iter().any(|it| it.checked_mul(factor).is_none()) {
            return None;
        }
        mantissas.iter_mut().for_each(|it| *it *= factor);
        *scale = decimal.scale;
    }
    i64::try_from(decimal.at_scale(*scale)?).ok()
}

#[cfg(test)]
mod tests {
    use super::Filling;
    use crate::data::amount::Decimal;
    use crate::data::measure::Amount;
    use crate::value::Number;
    use crate::value::Numbers;
    use crate::value::Sparse;

    fn filled(decimals: &[(i128, u32)]) -> Numbers {
        let mut filling = Filling::new(decimals.len() + 1);
        for (row, (mantissa, scale)) in (0..).zip(decimals) {
            filling.put(row, &Amount::Decimal(Decimal { mantissa: *mantissa, scale: *scale }));
        }
        filling.finish(Sparse::default()).values
    }

    #[test]
    fn a_column_takes_the_largest_scale_and_becomes_exact_where_that_does_not_fit() {
        let scaled = |scale, mantissas: &[i64]| match filled(&[(5, 0), (125, 2), (3, 1)]) {
            Numbers::Scaled { scale: own, mantissas: values } => {
                assert_eq!((own, values.as_slice()), (scale, mantissas));
            }
            other => panic!("{other:?}"),
        };
        scaled(2, &[500, 125, 30, 0]);
        let large = filled(&[(i64::MAX.into(), 0), (5, 1)]);
        assert!(matches!(large, Numbers::Exact(_)));
        assert_eq!(large.get(0), Number::from(i64::MAX));
        assert_eq!(large.get(1), Number::scaled(5, 1));
        assert_eq!(large.get(2), Number::zero());
        assert!(matches!(filled(&[(1, 0), (i128::MAX, 18)]), Numbers::Exact(_)));
    }
}
