"""Words for the keys of a scenario file and for the levers; a test finds the key that has none.

A key of the same name means the same thing everywhere, so one word will do; English is the key itself.
"""

from __future__ import annotations

LEVER: dict[str, dict[str, str]] = {
    "cap_frequency": {"zh": "压减频次", "en": "cap on frequency"},
    "cut_items": {"zh": "取消检查项目", "en": "items cut"},
    "one_team": {"zh": "一支队伍一次完成", "en": "one team, one visit"},
    "unannounced_visit": {"zh": "四不两直", "en": "unannounced visits"},
    "bundle_checks": {"zh": "涉企检查拼单", "en": "checks bundled"},
    "tier_risks": {"zh": "信用风险分级", "en": "risk tiers"},
    "recognise_results": {"zh": "结果互认", "en": "results recognised"},
    "file_plans": {"zh": "计划与备案", "en": "plan and filing"},
    "cull_demonstrations": {"zh": "清理示范创建", "en": "demonstrations culled"},
    "monitor": {"zh": "减负监测", "en": "burden monitors"},
    "enforce": {"zh": "监督执纪", "en": "enforcement"},
    "share_one_form": {"zh": "一套表", "en": "one shared form"},
    "directory": {"zh": "事项目录", "en": "directory of matters"},
    "cap_volume": {"zh": "精文减会", "en": "cap on volume"},
    "merge_channels": {"zh": "整合工作群", "en": "groups merged"},
    "merge_meetings": {"zh": "会议合并", "en": "meetings merged"},
    "meet_online": {"zh": "视频开会", "en": "online meetings"},
    "drop_check_ins": {"zh": "取消打卡计分", "en": "check-ins no longer scored"},
    "ai_assistant": {"zh": "智能助手", "en": "assistant that drafts"},
    "seamless_appraisal": {"zh": "无感考核", "en": "seamless appraisal"},
    "continuous_evidence": {"zh": "平时留存依据", "en": "continuous evidence"},
}
"""Every lever, by its name in the table of levers."""

FIELD_ZH: dict[str, str] = {
    "bundle": "拼单", "cull": "清理", "deters": "震慑比例", "enforcement": "监督执纪",
    "filed_cut": "备案减少比例", "filing": "计划备案", "ledgers": "台账数",
    "midterm_checks": "中期检查次数", "subjects": "检查内容类数",
    "monitor": "监测", "participating": "参与比例", "planned_cut": "计划减少比例", "prevents": "制止比例",
    "projects": "保留项目数", "recognition": "互认", "restores": "纠正比例", "shared_paperwork": "共用材料比例",
    "tiers": "分级", "turned_away": "挡回比例", "turns_away": "挡回比例", "valid": "有效期", "guards": "监督",
    "matters": "群众事项", "parts": "环节", "patrols": "巡查事项", "quickest": "最省时倍数", "remote": "远程监测",
    "slowest": "最费时倍数", "verification": "复核耗时", "watching": "看屏耗时",
    "further_topic": "每多一个议题的时间", "relays": "传达也用视频", "topics": "议题上限", "window": "合并窗口",
    "bodies": "部门名录", "competent": "有管辖权的部门比例", "executed": "计划执行比例",
    "high": "高风险", "low": "低风险", "medium": "中风险", "paperwork": "备材料耗时", "risk": "风险等级",
    "times": "频次倍数",
    "above": "高于", "acted_on": "需落实的比例", "action": "落实耗时", "after": "间隔", "at": "固定时刻",
    "at_hand": "数据有效期", "attendees": "参会人数", "below": "低于", "blocks_half_day": "占用半天",
    "calendar": "工作日历", "category": "时间类别", "changed": "每月变动比例", "checking": "核对耗时",
    "checks": "每日查看次数", "collation": "汇总", "compliance": "落实率", "concentration": "集中度", "count": "数量",
    "coverage": "覆盖比例", "cut": "取消项目", "demand": "群众诉求", "description": "说明", "directory": "目录",
    "discipline": "先后规则", "domain": "业务领域", "drafting": "起草耗时", "due": "时限", "duplicates": "重复比例",
    "effort": "耗时", "en": "英文", "entering": "录入耗时", "entries": "每日条数", "erosion": "每月反弹比例",
    "escort": "陪同", "evening": "加班开始时刻", "every": "频次", "every_day": "全年无休", "examiners": "考核人数",
    "expect": "预期", "extends": "继承的文件", "fields": "数据项数", "fresh": "答复有效期", "frequency_cap": "频次上限",
    "gathering": "采集耗时", "glance": "查看耗时", "grassroots": "基层维护耗时", "group": "分组", "groups": "群数",
    "handling": "办理耗时", "headcount": "人数", "held": "开会方式", "home_visit": "一次走访耗时",
    "hosts": "接待人数", "hourly_cost": "每小时成本",
    "hours": "工作时段", "impossible": "机制上不可能的理由", "indicators": "指标数",
    "inspectors": "检查人数", "invited": "通知参会的比例", "issuer": "发起单位", "items": "检查项目",
    "joint": "联合检查", "kept": "保留哪些", "kept_by": "维护单位", "kind": "种类", "kinds": "种类数",
    "label": "名称", "ledger": "台账耗时", "length": "时长", "lever": "举措", "levers": "减负举措",
    "marginal_hosting": "每多一项的接待比例", "metric": "指标", "months": "月份", "most": "每年上限",
    "moves_to": "转给谁",
    "name": "自取名", "note": "备注", "notice": "提前通知", "notices": "每日消息数", "obligations": "任务事项",
    "of": "作用对象", "on": "承担单位", "order": "优先顺序", "organisation": "组织", "overtime_cap": "加班上限",
    "parent": "上级单位", "passed_down": "转发", "patience": "等待时限", "patrol": "发现所需走访时间",
    "per_cadre": "人人都有", "planning": "是否在计划内", "policy": "工作机制", "pool": "项目总数",
    "popularity": "数据项集中度", "posts": "岗位", "preemptive": "可打断", "preparation": "准备耗时",
    "preparers": "准备人数", "present": "使用比例", "primary": "主要指标", "primary_scope": "主要指标的对象",
    "programmes": "并行项目数", "range": "范围", "rate": "频率", "reach": "作用范围", "readers": "阅读人数",
    "reading": "阅读耗时", "receiving": "部门接收耗时", "records": "记录数", "rectification": "整改",
    "recurrence": "频次", "refusal": "解释转介耗时", "registered": "列入清单", "relay": "逐级传达",
    "renewal": "更新一条耗时", "replications": "重复次数", "report_after": "上报前时长", "reported": "群众上报比例",
    "represents": "代表实际单位数", "returned": "退回比例", "rework": "返工耗时", "role": "角色", "roles": "角色",
    "root": "随机根", "run": "运行方案", "saturday": "周六上班", "scope": "对象", "season": "季节曲线",
    "seasons": "季节曲线", "seats": "人数", "self_report": "自评报告耗时", "service_level": "承诺时限",
    "share": "比例", "shared_form": "共享表", "shared_preparation": "共用准备比例", "shift": "班次", "shifts": "班次",
    "sight_announced": "有通知时发现概率", "sight_unannounced": "无通知时发现概率", "sign_off": "审签耗时",
    "sign_off_posts": "审签岗位", "source": "出处", "standing": "依据", "starts": "开始日期",
    "still_come": "仍会来的比例", "store": "共享数据", "strength": "力度", "switching": "切换耗时",
    "switching_cost": "被打断后恢复耗时", "team": "队伍人数上限", "tier": "层级",
    "title": "标题", "to": "改为", "told_as": "所指数值", "travel": "单程路途",
    "tuned_by": "为此标定的键", "unannounced": "不打招呼", "untestable": "无法检验的数字",
    "unit": "单位类型", "units": "单位类型", "universe": "数据项总数",
    "upkeep": "数据维护", "value": "值", "why": "原因", "year": "年份", "zh": "中文",
    "bounds": "各等分数线", "coached_below": "低于此趋势则辅导", "coaching": "辅导耗时", "cycle": "交换频次",
    "departments": "部门数", "dressing": "包装加分", "drift": "年际变动", "exam": "现场考", "fed_by": "供数单位",
    "feed": "数据交换", "half_dressed": "包装过半所需准备", "mean": "平均实绩", "papers": "现场考次数",
    "readiness": "常备耗时", "routine_noise": "平时数据误差", "routine_share": "平时成绩占比", "scoring": "评分办法",
    "skill": "包装能力差异", "spread": "实绩差异", "step": "每等级差", "steps": "级差算法", "trend": "趋势指数",
    "nodes": "上传节点", "still_dresses": "仍有的包装作用", "upload": "上传耗时",
    "visit_noise": "现场评分误差", "weights": "指标权重", "years": "年数",
}  # fmt: skip
"""Every key of a scenario file, in Chinese."""


def in_words(key: str, lang: str) -> str:
    """Give the words for a key; the key itself, without underscores, in English or where there is no word."""
    return FIELD_ZH.get(key, key) if lang == "zh" else key.replace("_", " ")
