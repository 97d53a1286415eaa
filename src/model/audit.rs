//! The audit log: who may be recorded, and what.

use std::fmt;

use strum::VariantArray as _;

use crate::address::EmailAddress;

/// Who made a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A user, on the admin pages or by an API token.
    User(EmailAddress),
    /// A subscriber, by a link of their own.
    Subscriber,
    /// The operator, by a command on the server.
    CommandLine,
    /// The application itself.
    System,
}

impl Actor {
    /// The actor as the log stores it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::User(email) => email.as_str(),
            Self::Subscriber => "subscriber",
            Self::CommandLine => "command line",
            Self::System => "system",
        }
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::VariantArray)]
#[allow(missing_docs, reason = "the names say it all")]
pub enum AuditAction {
    ListCreate,
    ListChange,
    ListDelete,
    ListFormSites,
    SubscriberSave,
    SubscriberChange,
    SubscriberFrequency,
    SubscriberErase,
    SubscriberAskAddress,
    SubscriberNote,
    SubscriberAddress,
    SubscriberViewSave,
    SubscriberViewDelete,
    SubscribersAdd,
    SubscribersRemove,
    SubscribersTag,
    SubscribersUntag,
    SubscribersSuppress,
    SubscribersErase,
    SubscriptionSet,
    ConfirmationRequest,
    TagRename,
    TagDelete,
    SuppressionAdd,
    SuppressionLift,
    SuppressionUndo,
    SuppressionImport,
    SegmentCreate,
    SegmentChange,
    SegmentDelete,
    ImportUpload,
    ImportCheck,
    ImportRun,
    ImportCancel,
    ImportUndo,
    JoinFormWork,
    JoinFormSave,
    JoinFormDelete,
    CampaignCreate,
    CampaignChange,
    CampaignDelete,
    CampaignDuplicate,
    CampaignTest,
    CampaignLimits,
    CampaignSegment,
    CampaignStart,
    CampaignDelayStart,
    CampaignUndoStart,
    CampaignRequestApproval,
    CampaignApprove,
    CampaignVoidApproval,
    CampaignSchedule,
    CampaignUnschedule,
    CampaignPause,
    CampaignResume,
    CampaignCancel,
    CampaignResend,
    CampaignRetryFailed,
    CampaignRejections,
    LayoutCreate,
    LayoutChange,
    LayoutRestore,
    LayoutDelete,
    EmailTemplateSave,
    EmailTemplateDelete,
    PostCreate,
    PostSave,
    PostPublish,
    PostSchedule,
    PostWithdraw,
    PostChange,
    PostDelete,
    PostDuplicate,
    PostImportUpload,
    PostImportRun,
    EventCreate,
    EventChange,
    EventDelete,
    EventDuplicate,
    MediaUpload,
    MediaCaption,
    MediaShow,
    MediaDelete,
    TrashRestore,
    TrashDelete,
    SiteSave,
    SettingsChange,
    TextsChange,
    TextsRestore,
    UserAdd,
    UserInviteAgain,
    UserInviteWithdraw,
    UserLists,
    UserRole,
    UserReset,
    UserRemove,
    UserDisable,
    UserEnable,
    SignIn,
    SignOut,
    SessionEnd,
    AccountPasskey,
    AccountPasskeyRemoved,
    AccountPassword,
    AccountPasswordRemoved,
    AccountSecondFactor,
    AccountSecondFactorRemoved,
    AccountProviderLink,
    AccountProviderUnlink,
    TokenAdd,
    TokenRevoke,
    WebhookCreate,
    WebhookChange,
    WebhookDelete,
    SetAsideRetry,
    SetAsideDelete,
    DkimKeyCreate,
    DkimKeyActivate,
    DkimKeyRetire,
    TransactionalSend,
    DatabaseRestore,
    TakeoutImport,
}

impl AuditAction {
    /// The action as the log stores it: the kind of thing and the verb.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ListCreate => "list.create",
            Self::ListChange => "list.change",
            Self::ListDelete => "list.delete",
            Self::ListFormSites => "list.form_sites",
            Self::SubscriberSave => "subscriber.save",
            Self::SubscriberChange => "subscriber.change",
            Self::SubscriberFrequency => "subscriber.frequency",
            Self::SubscriberErase => "subscriber.erase",
            Self::SubscriberAskAddress => "subscriber.ask_address",
            Self::SubscriberNote => "subscriber.note",
            Self::SubscriberAddress => "subscriber.address",
            Self::SubscriberViewSave => "subscriber_view.save",
            Self::SubscriberViewDelete => "subscriber_view.delete",
            Self::SubscribersAdd => "subscribers.add",
            Self::SubscribersRemove => "subscribers.remove",
            Self::SubscribersTag => "subscribers.tag",
            Self::SubscribersUntag => "subscribers.untag",
            Self::SubscribersSuppress => "subscribers.suppress",
            Self::SubscribersErase => "subscribers.erase",
            Self::SubscriptionSet => "subscription.set",
            Self::ConfirmationRequest => "confirmation.request",
            Self::TagRename => "tag.rename",
            Self::TagDelete => "tag.delete",
            Self::SuppressionAdd => "suppression.add",
            Self::SuppressionLift => "suppression.lift",
            Self::SuppressionUndo => "suppression.undo",
            Self::SuppressionImport => "suppression.import",
            Self::SegmentCreate => "segment.create",
            Self::SegmentChange => "segment.change",
            Self::SegmentDelete => "segment.delete",
            Self::ImportUpload => "import.upload",
            Self::ImportCheck => "import.check",
            Self::ImportRun => "import.run",
            Self::ImportCancel => "import.cancel",
            Self::ImportUndo => "import.undo",
            Self::JoinFormWork => "join_form.work",
            Self::JoinFormSave => "join_form.save",
            Self::JoinFormDelete => "join_form.delete",
            Self::CampaignCreate => "campaign.create",
            Self::CampaignChange => "campaign.change",
            Self::CampaignDelete => "campaign.delete",
            Self::CampaignDuplicate => "campaign.duplicate",
            Self::CampaignTest => "campaign.test",
            Self::CampaignLimits => "campaign.limits",
            Self::CampaignSegment => "campaign.segment",
            Self::CampaignStart => "campaign.start",
            Self::CampaignDelayStart => "campaign.delay_start",
            Self::CampaignUndoStart => "campaign.undo_start",
            Self::CampaignRequestApproval => "campaign.request_approval",
            Self::CampaignApprove => "campaign.approve",
            Self::CampaignVoidApproval => "campaign.void_approval",
            Self::CampaignSchedule => "campaign.schedule",
            Self::CampaignUnschedule => "campaign.unschedule",
            Self::CampaignPause => "campaign.pause",
            Self::CampaignResume => "campaign.resume",
            Self::CampaignCancel => "campaign.cancel",
            Self::CampaignResend => "campaign.resend",
            Self::CampaignRetryFailed => "campaign.retry_failed",
            Self::CampaignRejections => "campaign.rejections",
            Self::LayoutCreate => "layout.create",
            Self::LayoutChange => "layout.change",
            Self::LayoutRestore => "layout.restore",
            Self::LayoutDelete => "layout.delete",
            Self::EmailTemplateSave => "email_template.save",
            Self::EmailTemplateDelete => "email_template.delete",
            Self::PostCreate => "post.create",
            Self::PostSave => "post.save",
            Self::PostPublish => "post.publish",
            Self::PostSchedule => "post.schedule",
            Self::PostWithdraw => "post.withdraw",
            Self::PostChange => "post.change",
            Self::PostDelete => "post.delete",
            Self::PostDuplicate => "post.duplicate",
            Self::PostImportUpload => "post_import.upload",
            Self::PostImportRun => "post_import.run",
            Self::EventCreate => "event.create",
            Self::EventChange => "event.change",
            Self::EventDelete => "event.delete",
            Self::EventDuplicate => "event.duplicate",
            Self::MediaUpload => "media.upload",
            Self::MediaCaption => "media.caption",
            Self::MediaShow => "media.show",
            Self::MediaDelete => "media.delete",
            Self::TrashRestore => "trash.restore",
            Self::TrashDelete => "trash.delete",
            Self::SiteSave => "site.save",
            Self::SettingsChange => "settings.change",
            Self::TextsChange => "texts.change",
            Self::TextsRestore => "texts.restore",
            Self::UserAdd => "user.add",
            Self::UserInviteAgain => "user.invite_again",
            Self::UserInviteWithdraw => "user.invite_withdraw",
            Self::UserLists => "user.lists",
            Self::UserRole => "user.role",
            Self::UserReset => "user.reset",
            Self::UserRemove => "user.remove",
            Self::UserDisable => "user.disable",
            Self::UserEnable => "user.enable",
            Self::SignIn => "sign_in",
            Self::SignOut => "sign_out",
            Self::SessionEnd => "session.end",
            Self::AccountPasskey => "account.passkey",
            Self::AccountPasskeyRemoved => "account.passkey_removed",
            Self::AccountPassword => "account.password",
            Self::AccountPasswordRemoved => "account.password_removed",
            Self::AccountSecondFactor => "account.second_factor",
            Self::AccountSecondFactorRemoved => "account.second_factor_removed",
            Self::AccountProviderLink => "account.provider_link",
            Self::AccountProviderUnlink => "account.provider_unlink",
            Self::TokenAdd => "token.add",
            Self::TokenRevoke => "token.revoke",
            Self::WebhookCreate => "webhook.create",
            Self::WebhookChange => "webhook.change",
            Self::WebhookDelete => "webhook.delete",
            Self::SetAsideRetry => "set_aside.retry",
            Self::SetAsideDelete => "set_aside.delete",
            Self::DkimKeyCreate => "dkim_key.create",
            Self::DkimKeyActivate => "dkim_key.activate",
            Self::DkimKeyRetire => "dkim_key.retire",
            Self::TransactionalSend => "transactional.send",
            Self::DatabaseRestore => "database.restore",
            Self::TakeoutImport => "takeout.import",
        }
    }
}

impl fmt::Display for AuditAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What was read, or tried in vain: nothing has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::VariantArray)]
#[allow(missing_docs, reason = "the names say it all")]
pub enum AuditAccess {
    ListExport,
    SegmentExport,
    SubscriberExport,
    SubscribersRead,
    SubscribersExport,
    SuppressionExport,
    CampaignExport,
    SettingsExport,
    Takeout,
    SignInFailed,
}

impl AuditAccess {
    /// The access as the log stores it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ListExport => "list.export",
            Self::SegmentExport => "segment.export",
            Self::SubscriberExport => "subscriber.export",
            Self::SubscribersRead => "subscribers.read",
            Self::SubscribersExport => "subscribers.export",
            Self::SuppressionExport => "suppression.export",
            Self::CampaignExport => "campaign.export",
            Self::SettingsExport => "settings.export",
            Self::Takeout => "takeout.export",
            Self::SignInFailed => "sign_in.failed",
        }
    }
}

/// The code of everything that the log can hold.
pub fn codes() -> impl Iterator<Item = &'static str> {
    let actions = AuditAction::VARIANTS.iter().map(|action| action.as_str());
    actions.chain(AuditAccess::VARIANTS.iter().map(|access| access.as_str()))
}
