//! How types that are texts stand in columns: as what they print, read by the
//! parser that reads them everywhere else. Ids and timestamps derive the same for
//! numbers.

use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::{Database, Decode, Encode, Type};

use crate::address::EmailAddress;
use crate::model::ab_test::{AbOutcome, AbState, AbVariant, Differs, Fallback, Measure};
use crate::model::autosave::AutosavedKind;
use crate::model::calendar::CalendarChoice;
use crate::model::campaign::{CampaignState, ChangedPart, ContentKind};
use crate::model::content::{MediaKind, Repetition, TrashKind};
use crate::model::delay::DelayReason;
use crate::model::delivery::DeliveryState;
use crate::model::feedback::{Decision, Party, Source, Verdict};
use crate::model::growth::ChangeSource;
use crate::model::import::{ImportState, Outcome};
use crate::model::list::{OptIn, Slug, Visibility};
use crate::model::mail_frequency::Frequency;
use crate::model::notification::NotificationKind;
use crate::model::post_import::{PostImportState, PostSystem};
use crate::model::recurring::OccurrenceState;
use crate::model::series::{ReaderState, SeriesState, StartKind, StepOutcome};
use crate::model::signing_key::KeyState;
use crate::model::subscription::{
    ConsentAction, ConsentMethod, LeaveReason, SubscriptionState, SuppressionReason,
    SuppressionSource,
};
use crate::model::transactional::EmailKind;
use crate::model::user::{DisabledBy, Role, Scopes};
use crate::text::locale::Language;

macro_rules! text_columns {
    ($($type:ty),+ $(,)?) => {$(
        impl<DB: Database> Type<DB> for $type
        where
            str: Type<DB>,
        {
            fn type_info() -> DB::TypeInfo {
                <str as Type<DB>>::type_info()
            }

            fn compatible(ty: &DB::TypeInfo) -> bool {
                <str as Type<DB>>::compatible(ty)
            }
        }

        impl<'q, DB: Database> Encode<'q, DB> for $type
        where
            String: Encode<'q, DB>,
        {
            fn encode_by_ref(
                &self,
                buffer: &mut <DB as Database>::ArgumentBuffer,
            ) -> Result<IsNull, BoxDynError> {
                <String as Encode<'q, DB>>::encode(self.to_string(), buffer)
            }
        }

        impl<'r, DB: Database> Decode<'r, DB> for $type
        where
            &'r str: Decode<'r, DB>,
        {
            fn decode(value: <DB as Database>::ValueRef<'r>) -> Result<Self, BoxDynError> {
                Ok(<&str as Decode<'r, DB>>::decode(value)?.parse()?)
            }
        }
    )+};
}

text_columns! {
    AbOutcome, AbState, AbVariant, Differs, Fallback, Measure,
    AutosavedKind, CalendarChoice, CampaignState, ChangeSource, ChangedPart, ConsentAction, ConsentMethod, ContentKind, Decision, DelayReason, DeliveryState,
    DisabledBy,
    EmailAddress, Frequency, ImportState, KeyState, Language, LeaveReason, MediaKind, EmailKind, OptIn, Outcome, Party,
    PostImportState, PostSystem, Role, Scopes, Slug, Source, SubscriptionState, SuppressionReason, SuppressionSource,
    NotificationKind, OccurrenceState, ReaderState, Repetition, SeriesState, StartKind, StepOutcome,
    TrashKind, Verdict, Visibility,
}
