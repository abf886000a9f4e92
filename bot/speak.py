"""Screens to messages: each screen has one function that draws it. Pure."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from bot import (
    speak_again,
    speak_answers,
    speak_changes,
    speak_course,
    speak_due,
    speak_need,
    speak_notices,
    speak_privacy,
    speak_question,
    speak_reminders,
    speak_report,
    speak_team,
    speak_topics,
    speak_why,
)
from bot.blocks import Button, Message, actions
from bot.limits import MESSAGE_BLOCKS
from bot.words import Words
from dialogs import answer_screens as a
from dialogs import change_screens as c
from dialogs import privacy_screens as p
from dialogs import reminder_screens as r
from dialogs import screens as s
from dialogs.effects import Answer


class Place(NamedTuple):
    """The workspace's address, for links to threads (empty where it is not known), and whom to ask: a channel."""

    workspace_url: str
    expert_channel: str | None = None


_DRAWN: Mapping[type, Callable[[Any, Words], Message]] = {
    s.Parent: speak_course.parent,
    s.FactsInvitation: speak_question.facts_invitation,
    s.FactsLine: speak_question.facts_line,
    s.FactQuestion: speak_question.fact_question,
    s.FactFolded: speak_question.fact_folded,
    s.Question: speak_question.question,
    s.Folded: speak_question.folded,
    s.FoldedForm: speak_question.folded_form,
    s.Noted: speak_question.noted,
    s.Changed: speak_question.changed,
    s.NoteKept: speak_question.note_kept,
    s.Crowd: speak_question.crowd,
    s.OverallSettled: speak_question.overall_settled,
    s.OfferFolded: speak_question.offer_folded,
    s.Paused: speak_course.paused,
    s.Resumed: speak_course.resumed,
    s.Reopened: speak_course.reopened,
    s.Discarded: speak_course.discarded,
    s.Report: speak_report.report,
    s.Summary: speak_report.summary,
    s.Help: speak_answers.help_screen,
    s.LevelPage: speak_answers.level_page,
    s.Started: speak_answers.started,
    s.NearSubject: speak_answers.near_subject,
    s.NotMember: speak_answers.not_member,
    s.Crowded: speak_answers.crowded,
    s.NotUnderstood: speak_answers.not_understood,
    a.TopicPage: speak_topics.topic_page,
    a.WhichSubject: speak_topics.which_subject,
    s.Problem: speak_notices.problem,
    s.AlreadyAnswered: speak_notices.already_answered,
    s.SameAnswer: speak_notices.same_answer,
    s.Outdated: speak_notices.outdated,
    s.Ended: speak_notices.ended,
    s.Confirm: speak_notices.confirm,
    s.StopChoice: speak_notices.stop_choice,
    s.Outsider: speak_notices.outsider,
    s.AdminsOnly: speak_notices.admins_only,
    s.Back: speak_course.back,
    s.Shared: speak_course.shared,
    s.Orphaned: speak_course.orphaned,
    s.TakenOver: speak_course.taken_over,
    s.WhyPractice: speak_why.why_practice,
    s.WhyFact: speak_why.why_fact,
    s.WhyNumber: speak_why.why_number,
    s.Stuck: speak_notices.stuck,
    s.Done: speak_notices.done,
    c.SeveralTaken: speak_changes.several_taken,
    c.EditUnread: speak_changes.edit_unread,
    c.WithdrawOffer: speak_changes.withdraw_offer,
    c.Withdrawn: speak_changes.withdrawn,
    c.Moved: speak_changes.moved,
    c.MeantFor: speak_changes.meant_for,
    c.PictureSeen: speak_changes.picture_seen,
    r.ReminderSet: speak_reminders.reminder_set,
    r.ReminderProposed: speak_reminders.proposed,
    r.RemindersShown: speak_reminders.shown,
    r.ReminderOff: speak_reminders.off,
    r.WhichReminder: speak_reminders.which,
    r.ReminderOffer: speak_reminders.offer,
    r.ReminderDeclined: speak_reminders.declined,
    r.TeamTime: speak_reminders.team_time,
    r.TimeToLook: speak_due.time_to_look,
    r.ReminderFolded: speak_due.folded,
    r.ReminderSpent: speak_due.spent,
    r.ReminderStuck: speak_due.stuck,
    r.ReminderLonely: speak_due.lonely,
    r.Nudge: speak_again.nudge,
    r.Rested: speak_again.rested,
    r.Recheck: speak_again.recheck,
    r.RecheckDone: speak_again.recheck_done,
    r.FactTold: speak_again.fact_told,
    r.FactsUpdated: speak_again.facts_updated,
    p.DeleteMe: speak_privacy.delete_me,
    p.NothingAboutYou: speak_privacy.nothing_about_you,
    p.DeleteSubject: speak_privacy.delete_subject,
    p.MayNotDelete: speak_privacy.may_not_delete,
    p.WhichToDelete: speak_privacy.which_to_delete,
    p.Erased: speak_privacy.erased,
    p.Exported: speak_privacy.exported,
    p.SecretSeen: speak_privacy.secret_seen,
}


_WITH_LINKS: Mapping[type, Callable[[Any, Words, str], Message]] = {
    s.Status: speak_answers.status,
    s.AlreadyRunning: speak_answers.already_running,
    c.MovedAway: speak_changes.moved_away,
    a.Need: speak_need.need,
    r.RestSummary: speak_again.rest_summary,
    a.TeamPage: speak_team.team_page,
}


def speak(screen: s.Screen, words: Words, place: Place) -> Message:
    """Draw a screen; an error in it names the screen."""
    try:
        if type(screen) in _WITH_LINKS:
            return _WITH_LINKS[type(screen)](screen, words, place.workspace_url)
        if isinstance(screen, a.Refused):
            return speak_topics.refused(screen, words, place.expert_channel)
        return _DRAWN[type(screen)](screen, words)
    except Exception as error:
        error.add_note(f"while drawing the screen {type(screen).__name__}")
        raise


def speak_answer(answer: Answer, words: Words, place: Place, *, private: bool) -> Message:
    """Draw the answer to a command; a private one that can be shared gets the button for it."""
    drawn = speak(answer.screen, words, place)
    if not private or answer.share is None or len(drawn.blocks) >= MESSAGE_BLOCKS:
        return drawn
    share = actions(Button("Share in channel", "share", argument=answer.share))
    return Message(drawn.text, (*drawn.blocks, share))
