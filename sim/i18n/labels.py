"""Labels shared by all layers: categories of time, steps of work, units.

The keys are plain strings, because this is the lowest layer; a test compares them with the enumerations.
"""

from __future__ import annotations

Words = dict[str, dict[str, str]]
"""Labels: key to zh and en."""

CATEGORY: Words = {
    "meetings": {"zh": "会议", "en": "Meetings"},
    "meeting_travel": {"zh": "开会路途", "en": "Travel to meetings"},
    "documents": {"zh": "文件", "en": "Documents"},
    "reports": {"zh": "报表填报", "en": "Reports and forms"},
    "inspections": {"zh": "检查考核", "en": "Inspections"},
    "inspection_travel": {"zh": "检查路途", "en": "Travel to inspections"},
    "channels": {"zh": "工作群与打卡", "en": "Chat groups, check-ins"},
    "service": {"zh": "服务群众", "en": "Serving residents"},
    "other": {"zh": "其他工作", "en": "Other work"},
    "outreach": {"zh": "走访巡查", "en": "Home visits, patrol"},
    "unassigned": {"zh": "未安排", "en": "Unassigned"},
}
"""Categories of working time; `outreach` and `unassigned` are regular time that no other category claims."""

CATEGORY_SHORT: Words = {
    "meetings": {"zh": "会议", "en": "Meeting"},
    "meeting_travel": {"zh": "会途", "en": "Travel"},
    "documents": {"zh": "文件", "en": "Papers"},
    "reports": {"zh": "填报", "en": "Forms"},
    "inspections": {"zh": "检查", "en": "Inspect"},
    "inspection_travel": {"zh": "检途", "en": "Trips"},
    "channels": {"zh": "群聊", "en": "Chat"},
    "service": {"zh": "服务", "en": "Service"},
    "other": {"zh": "其他", "en": "Other"},
    "outreach": {"zh": "走访", "en": "Visits"},
    "unassigned": {"zh": "空余", "en": "Free"},
}
"""Short labels of the same categories, for narrow places."""

PART: Words = {
    "prepare": {"zh": "准备", "en": "preparation"},
    "attend": {"zh": "参加", "en": "attendance"},
    "host": {"zh": "接待", "en": "hosting"},
    "visit": {"zh": "实地检查", "en": "visit"},
    "rectify": {"zh": "整改", "en": "rectification"},
    "read": {"zh": "阅读", "en": "reading"},
    "act": {"zh": "落实", "en": "action"},
    "ask": {"zh": "向人要数", "en": "asking for data"},
    "gather": {"zh": "上门采集", "en": "gathering on the spot"},
    "fill": {"zh": "填写", "en": "filling in"},
    "sign_off": {"zh": "审签", "en": "sign-off"},
    "collate": {"zh": "汇总", "en": "collation"},
    "upkeep": {"zh": "数据维护", "en": "upkeep of records"},
    "handle": {"zh": "办理", "en": "handling"},
    "refuse": {"zh": "解释转介", "en": "explaining and sending on"},
    "check_in": {"zh": "打卡", "en": "check-in"},
    "routine": {"zh": "日常", "en": "routine"},
    "receive": {"zh": "接收", "en": "receiving"},
    "rework": {"zh": "退回重填", "en": "doing it again"},
    "relay": {"zh": "逐级传达", "en": "relay"},
    "escort": {"zh": "陪同", "en": "escorting"},
    "coach": {"zh": "辅导", "en": "coaching"},
}
"""Steps of an obligation or of a resident's matter."""

STANDING: Words = {
    "reported": {"zh": "报道", "en": "reported"},
    "derived": {"zh": "推算", "en": "derived"},
    "assumed": {"zh": "假设", "en": "assumed"},
    "calibrated": {"zh": "标定", "en": "calibrated"},
}
"""How a number is known."""

FREQUENCY: Words = {
    "daily": {"zh": "每天一次", "en": "once a day"},
    "weekly": {"zh": "每周一次", "en": "once a week"},
    "monthly": {"zh": "每月一次", "en": "once a month"},
    "quarterly": {"zh": "每季度一次", "en": "once a quarter"},
    "half_yearly": {"zh": "每半年一次", "en": "once every six months"},
    "yearly": {"zh": "每年一次", "en": "once a year"},
}
"""How often a slot recurs."""

UNIT: Words = {
    "h": {"zh": "小时", "en": "h"},
    "h/week": {"zh": "小时/周", "en": "h/week"},
    "h/year": {"zh": "小时/年", "en": "h/year"},
    "h/day": {"zh": "小时/天", "en": "h/day"},
    "min": {"zh": "分钟", "en": "min"},
    "share": {"zh": "占比", "en": "share"},
    "ratio": {"zh": "倍", "en": "times"},
    "days": {"zh": "天", "en": "days"},
    "workdays": {"zh": "个工作日", "en": "workdays"},
    "households": {"zh": "户", "en": "households"},
    "rank": {"zh": "位", "en": "place"},
    "enterprises": {"zh": "户", "en": "enterprises"},
    "items": {"zh": "项", "en": "items"},
    "yuan/year": {"zh": "元/年", "en": "yuan/year"},
    "10k yuan/year": {"zh": "万元/年", "en": "10,000 yuan/year"},
    "per cadre-week": {"zh": "每人每周", "en": "per cadre and week"},
    "per cadre-year": {"zh": "每人每年", "en": "per cadre and year"},
    "per visit": {"zh": "每次", "en": "per visit"},
    "per unit-year": {"zh": "每单位每年", "en": "per unit and year"},
    "per case": {"zh": "每件", "en": "per case"},
    "points": {"zh": "分", "en": "points"},
    "correlation": {"zh": "秩相关系数", "en": "rank correlation"},
    "per year": {"zh": "每年", "en": "per year"},
}
"""Units of metrics; a unit without entry is written unchanged."""

VERDICT: Words = {
    "reproduced": {"zh": "复现", "en": "reproduced"},
    "only_by_tuning": {"zh": "靠调参才复现", "en": "only by tuning"},
    "only_unreported": {"zh": "靠未报道的举措才复现", "en": "only with measures that were not reported"},
    "not_reproduced": {"zh": "未复现", "en": "not reproduced"},
    "structurally_impossible": {"zh": "机制上不可能", "en": "structurally impossible"},
    "not_testable": {"zh": "无法检验", "en": "not testable"},
    "too_few_draws": {"zh": "抽样不足 20 次，不下结论", "en": "no verdict from fewer than 20 draws"},
    "input": {"zh": "作为输入", "en": "an input"},
}
"""Verdicts of the scoreboard."""
