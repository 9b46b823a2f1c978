"""The one table of metrics."""

from __future__ import annotations

from sim.metrics.metric import Metric

_ENTRIES = (
    Metric("formality_hours", "形式性事务时间", "formality hours", "h/week", "less", "role", "time"),
    Metric("service_hours", "服务群众时间", "hours for residents", "h/week", "more", "role", "time"),
    Metric("outreach_hours", "入户走访与巡查时间", "home visits and patrol", "h/week", "more", "role", "time"),
    Metric("total_hours", "总工作时间", "hours in all", "h/week", "less", "role", "time"),
    Metric("formality_share", "形式性事务占比", "share of formality", "share", "less", "role", "time"),
    Metric("service_share", "服务群众占比", "share for residents", "share", "more", "role", "time"),
    Metric("hours", "各类事务时间", "hours by category", "h/week", "neither", "category", "time"),
    Metric("hours_by_issuer", "任务来源", "hours by who made them", "h/week", "neither", "issuer", "time"),
    Metric("overtime_hours", "加班时间", "overtime", "h/week", "less", "role", "pressure"),
    Metric("overtime_december", "十二月加班时间", "overtime in December", "h/week", "less", "role", "pressure"),
    Metric("long_weeks", "超过 48 小时的周", "weeks over 48 hours", "share", "less", "role", "pressure"),
    Metric("peak_week", "最忙一周的形式性事务", "formality in the peak week", "h/week", "less", "role", "pressure"),
    Metric("year_end_ratio", "岁末年初与平时之比", "year-end load over the rest", "ratio", "less", "role", "pressure"),
    Metric("interruptions", "被打断次数", "interruptions", "per cadre-week", "less", "role", "pressure"),
    Metric("short_notice", "一天内要交的任务", "work at short notice", "per cadre-week", "less", "role", "pressure"),
    Metric("late_reports", "迟报比例", "late forms", "share", "less", "role", "pressure"),
    Metric("missed_seats", "缺席比例", "missed seats", "share", "less", "role", "pressure"),
    Metric("visits_received", "接受检查考核次数", "visits received", "per unit-year", "less", "role", "counted"),
    Metric("meetings_attended", "参加会议次数", "meetings attended", "per unit-year", "less", "role", "counted"),
    Metric("forms_filled", "填报表格数", "forms filled", "per unit-year", "less", "role", "counted"),
    Metric("documents_read", "阅办文件份次", "documents read", "per unit-year", "less", "role", "counted"),
    Metric("fields_entered", "填写数据项", "fields entered", "per unit-year", "less", "role", "counted"),
    Metric("fields_reentered", "重复填写数据项", "fields entered again", "per unit-year", "less", "role", "counted"),
    Metric("index_counted", "计件负担", "counted burden", "per cadre-week", "less", "role", "counted"),
    Metric("index_timed", "计时负担", "timed burden", "h/week", "less", "role", "counted"),
    Metric("index_felt", "感受负担", "felt burden", "per cadre-week", "less", "role", "counted"),
    Metric("wait_mean", "群众平均等待", "mean wait of residents", "h", "less", "stream", "residents"),
    Metric("wait_median", "群众等待中位数", "median wait", "h", "less", "stream", "residents"),
    Metric("wait_p90", "群众等待九成位", "wait of nine in ten", "h", "less", "stream", "residents"),
    Metric(
        "within_service_level",
        "按承诺时限开办",
        "begun within the promised time",
        "share",
        "more",
        "stream",
        "residents",
    ),
    Metric("gave_up", "群众放弃比例", "residents who gave up", "share", "less", "stream", "residents"),
    Metric("open_at_year_end", "年末未办比例", "open at year end", "share", "less", "stream", "residents"),
    Metric("matters", "群众办事件数", "residents' matters", "per year", "neither", "stream", "residents"),
    Metric("households_reached", "走访户数", "households reached", "per cadre-week", "more", "role", "residents"),
    Metric("detection_delay", "问题未被发现的天数", "days a problem goes unseen", "days", "less", "all", "oversight"),
    Metric("undetected", "年内未发现的问题", "problems never found", "share", "less", "all", "oversight"),
    Metric("found_by_patrol", "走访巡查发现", "found by patrol", "share", "neither", "all", "oversight"),
    Metric("found_by_residents", "群众反映发现", "found by residents", "share", "neither", "all", "oversight"),
    Metric("found_by_inspection", "检查发现", "found by inspection", "share", "neither", "all", "oversight"),
    Metric("scm_hours", "标准成本模型工时", "Standard Cost Model hours", "h/year", "less", "role", "cost"),
    Metric("scm_cost", "标准成本模型金额", "Standard Cost Model money", "10k yuan/year", "less", "role", "cost"),
    Metric("simulated_hours", "仿真工时", "simulated hours", "h/year", "less", "role", "cost"),
    Metric("queueing_premium", "排队附加", "queueing premium", "share", "less", "role", "cost"),
)

METRICS: dict[str, Metric] = {metric.key: metric for metric in _ENTRIES}
"""Every metric by key, in the order in which they are shown."""
