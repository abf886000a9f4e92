"""Screens to messages: each screen has one function that draws it. Pure."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from bot import (
    speak_again,
    speak_answers,
    speak_changes,
    speak_course,
    speak_due,
    speak_files,
    speak_history,
    speak_home,
    speak_need,
    speak_next,
    speak_notices,
    speak_portfolio,
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
from bot.mrkdwn import unescape
from bot.words import Words
from dialogs import answer_screens as a
from dialogs import change_screens as c
from dialogs import home_screens as h
from dialogs import portfolio_screens as f
from dialogs import privacy_screens as p
from dialogs import reminder_screens as r
from dialogs import result_screens as x
from dialogs import screens as s
from dialogs.effects import Answer


class Place(NamedTuple):
    """The workspace's address, for links to threads (empty where it is not known), and whom to ask: a channel.

    `agent`: the app's manifest is the variant with an agent view, which shows prompts by itself.
    """

    workspace_url: str
    expert_channel: str | None = None
    agent: bool = False


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
    s.EvidenceKept: speak_question.evidence_kept,
    s.Crowd: speak_question.crowd,
    s.OverallSettled: speak_question.overall_settled,
    s.OfferFolded: speak_question.offer_folded,
    s.Paused: speak_course.paused,
    s.Resumed: speak_course.resumed,
    s.Reopened: speak_course.reopened,
    s.Discarded: speak_course.discarded,
    s.Report: speak_report.report,
    x.StepDone: speak_next.step_done,
    x.StepPlanned: speak_next.step_planned,
    x.AnsweredMeanwhile: speak_next.answered_meanwhile,
    x.HistoryPage: speak_history.history_page,
    x.DiffPage: speak_history.diff_page,
    x.WhatIfPage: speak_history.what_if_page,
    x.WhatIfUnread: speak_history.what_if_unread,
    x.WhichOne: speak_history.which_one,
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
    x.FilesRefused: speak_files.files_refused,
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
    f.Portfolio: speak_portfolio.portfolio,
    f.PortfolioUnknown: speak_portfolio.unknown,
    f.RankingOff: speak_portfolio.ranking_off,
    f.RankingSet: speak_portfolio.ranking_set,
    h.StartHere: speak_home.start_here,
}


_WITH_LINKS: Mapping[type, Callable[[Any, Words, str], Message]] = {
    s.Status: speak_answers.status,
    s.AlreadyRunning: speak_answers.already_running,
    h.StartedIn: speak_home.started_in,
    c.MovedAway: speak_changes.moved_away,
    a.Need: speak_need.need,
    r.RestSummary: speak_again.rest_summary,
    a.TeamPage: speak_team.team_page,
    x.NextPage: speak_next.next_page,
    x.ReportAgain: speak_report.report_again,
    x.FilesComing: speak_files.files_coming,
}


def speak(screen: s.Screen, words: Words, place: Place) -> Message:
    """Draw a screen; an error in it names the screen."""
    try:
        if type(screen) in _WITH_LINKS:
            return _WITH_LINKS[type(screen)](screen, words, place.workspace_url)
        if isinstance(screen, h.Greeting):
            return speak_home.greeting(screen, words, agent=place.agent)
        if isinstance(screen, a.Refused):
            return speak_topics.refused(screen, words, place.expert_channel)
        return _DRAWN[type(screen)](screen, words)
    except Exception as error:
        error.add_note(f"while drawing the screen {type(screen).__name__}")
        raise


def said_plainly(said: str | s.Problem, words: Words, place: Place) -> str:
    """What is said beside a field of a form, where Slack formats nothing."""
    return said if isinstance(said, str) else unescape(speak(said, words, place).text).replace("`", "")


def speak_answer(answer: Answer, words: Words, place: Place, *, private: bool) -> Message:
    """Draw the answer to a command; a private one that can be shared gets the button for it."""
    drawn = speak(answer.screen, words, place)
    if not private or answer.share is None or len(drawn.blocks) >= MESSAGE_BLOCKS:
        return drawn
    share = actions(Button("Share in channel", "share", argument=answer.share))
    return Message(drawn.text, (*drawn.blocks, share))
