/* The canonical workload as one hand-written loop: how fast it can be.
 *
 * One unit after the other; every cadre is in the one team of his unit, ranks are few, work of a rank is served by
 * release and row, urgent work interrupts, there are no evenings, no give-ups and no rows that follow others. On such
 * plans the log is the contract's, to the second. No bookkeeping of the contract is left out.
 */
#include <stdint.h>

typedef int64_t i64;
typedef int32_t i32;

#define RANKS 8
#define STAFF 64
#define DAY 86400
#define NEVER INT64_MAX

typedef struct {
    i64 units, staff, days, weeks, categories, windows;
    const i64 *opens, *closes;
    const i64 *first_row; /* rows of unit u: first_row[u] to first_row[u + 1] */
    const i64 *release, *start, *effort;
    const i32 *seats, *rank, *category;
} Plan;

typedef struct {
    i64 *begun, *finished, *released, *overtime, *worked, *cadre, *left, *next;
    i32 *interruptions, *missed;
    i64 *seconds, *overtime_seconds, *idle;
    i64 events;
} Log;

typedef struct {
    i64 row, began, ends; /* row -1: idle; began -1: an appointment, or held */
} Cadre;

typedef struct {
    i64 first, last; /* rows of one rank that wait, in order; -1: none */
} Queue;

static Cadre staff[STAFF];
static i64 idle[STAFF], idle_size;
static Queue queues[RANKS];

static void append(Log *log, Queue *queue, i64 row)
{
    log->next[row] = -1;
    if (queue->first < 0) queue->first = row; else log->next[queue->last] = row;
    queue->last = row;
}

static void put_back(Log *log, Queue *queue, i64 row)
{
    i64 *place = &queue->first;
    while (*place >= 0 && (log->released[*place] < log->released[row]
                           || (log->released[*place] == log->released[row] && *place < row)))
        place = &log->next[*place];
    if (*place < 0) queue->last = row;
    log->next[row] = *place;
    *place = row;
}

static void book(const Plan *plan, Log *log, i64 unit, i64 cadre, i64 day, i64 now)
{
    Cadre *person = &staff[cadre];
    i64 worked = now - person->began, row = person->row, slot = (unit * plan->staff + cadre) * plan->weeks + day / 7;
    log->left[row] -= worked;
    log->worked[row] += worked;
    log->seconds[slot * plan->categories + plan->category[row]] += worked;
    log->idle[slot] -= worked;
}

/* An appointment as a whole; the calendar begins on a Monday. */
static void book_meeting(const Plan *plan, Log *log, i64 unit, i64 cadre, i64 row, i64 window)
{
    i64 begin = plan->start[row], end = begin + plan->effort[row], person = unit * plan->staff + cadre;
    if (end > plan->days * DAY) end = plan->days * DAY;
    log->worked[row] += end - begin;
    for (i64 day = begin / DAY; day * DAY < end; day++) {
        i64 from = begin > day * DAY ? begin : day * DAY, to = end < (day + 1) * DAY ? end : (day + 1) * DAY;
        i64 slot = person * plan->weeks + day / 7, regular = 0;
        for (; window < plan->windows && plan->opens[window] < to; window++) {
            i64 opens = plan->opens[window] > from ? plan->opens[window] : from;
            i64 closes = plan->closes[window] < to ? plan->closes[window] : to;
            if (closes > opens) regular += closes - opens;
        }
        log->seconds[slot * plan->categories + plan->category[row]] += to - from;
        log->overtime[row] += to - from - regular;
        log->overtime_seconds[slot] += to - from - regular;
        log->idle[slot] -= regular;
    }
}

static void send_back(const Plan *plan, Log *log, i64 unit, i64 cadre, i64 day, i64 now)
{
    i64 row = staff[cadre].row;
    if (staff[cadre].began >= 0) book(plan, log, unit, cadre, day, now);
    log->interruptions[row]++;
    put_back(log, &queues[plan->rank[row]], row);
}

/* Whose flexible work matters least, of a rank beyond `rank`. */
static i64 find_victim(const Plan *plan, const Log *log, i64 rank)
{
    i64 found = -1;
    for (i64 cadre = 0; cadre < plan->staff; cadre++) {
        i64 row = staff[cadre].row;
        if (row < 0 || plan->start[row] >= 0 || plan->rank[row] <= rank) continue;
        if (found >= 0) {
            i64 other = staff[found].row;
            if (plan->rank[row] < plan->rank[other]) continue;
            if (plan->rank[row] == plan->rank[other]
                && (log->released[row] < log->released[other]
                    || (log->released[row] == log->released[other] && row < other))) continue;
        }
        found = cadre;
    }
    return found;
}

static i64 take(const Plan *plan, Log *log, i64 unit, i64 cadre, Queue *queue, i64 closing, i64 now)
{
    i64 row = queue->first;
    queue->first = log->next[row];
    if (log->begun[row] < 0) log->begun[row] = now;
    log->cadre[row] = unit * plan->staff + cadre;
    i64 ends = now + log->left[row];
    if (ends > closing) ends = NEVER;
    staff[cadre] = (Cadre){row, now, ends};
    return ends;
}

static void run_unit(const Plan *plan, Log *log, i64 unit)
{
    i64 horizon = plan->days * DAY, row = plan->first_row[unit], last = plan->first_row[unit + 1];
    i64 window = 0, closing = -1, day = 0, soonest = NEVER, waiting = 0;
    idle_size = plan->staff;
    for (i64 cadre = 0; cadre < plan->staff; cadre++) {
        staff[cadre] = (Cadre){-1, -1, NEVER};
        idle[cadre] = cadre;
    }
    for (i64 rank = 0; rank < RANKS; rank++) queues[rank].first = -1;
    for (;;) {
        i64 change = closing >= 0 ? closing : window < plan->windows ? plan->opens[window] : NEVER;
        i64 arrival = row < last ? plan->release[row] : NEVER;
        i64 now = soonest < change ? soonest : change;
        if (arrival < now) now = arrival;
        if (now >= horizon) break;

        if (now == soonest) {
            soonest = NEVER;
            for (i64 cadre = 0; cadre < plan->staff; cadre++) {
                Cadre *person = &staff[cadre];
                if (person->ends == now) {
                    if (person->began >= 0) book(plan, log, unit, cadre, day, now);
                    if (log->finished[person->row] < 0) {
                        log->finished[person->row] = now;
                        log->events++;
                    }
                    *person = (Cadre){-1, -1, NEVER};
                    idle[idle_size++] = cadre;
                } else if (person->ends < soonest) soonest = person->ends;
            }
        }
        if (now == change) {
            log->events++;
            i64 opening = window < plan->windows && plan->opens[window] == now;
            for (i64 cadre = 0; cadre < plan->staff; cadre++) {
                Cadre *person = &staff[cadre];
                if (person->row < 0 || plan->start[person->row] >= 0) continue;
                if (person->began >= 0) book(plan, log, unit, cadre, day, now);
                person->began = -1;
                person->ends = NEVER;
                if (opening) {
                    person->began = now;
                    if (now + log->left[person->row] <= plan->closes[window])
                        person->ends = now + log->left[person->row];
                    if (person->ends < soonest) soonest = person->ends;
                }
            }
            closing = -1;
            if (opening) {
                day = now / DAY;
                closing = plan->closes[window++];
            }
        }
        /* Appointments first, by rank and row: those of one instant are few. */
        for (i64 rank = 0; rank < RANKS; rank++) {
            i64 others = 0;
            for (i64 at = row; at < last && plan->release[at] == now; at++) {
                if (plan->start[at] < 0 || plan->rank[at] != rank) {
                    others += plan->start[at] >= 0;
                    continue;
                }
                i64 crew = 0, ends = now + plan->effort[at], lowest = NEVER;
                while (crew < plan->seats[at]) {
                    i64 cadre;
                    if (idle_size) {
                        cadre = idle[0];
                        idle_size--;
                        for (i64 place = 0; place < idle_size; place++) idle[place] = idle[place + 1];
                    } else {
                        cadre = find_victim(plan, log, -1);
                        if (cadre < 0) break;
                        send_back(plan, log, unit, cadre, day, now);
                        waiting++;
                    }
                    staff[cadre] = (Cadre){at, -1, ends};
                    book_meeting(plan, log, unit, cadre, at, window > 0 ? window - 1 : 0);
                    if (cadre < lowest) lowest = cadre;
                    crew++;
                }
                log->events++;
                log->released[at] = now;
                log->missed[at] = plan->seats[at] - (i32)crew;
                if (crew) {
                    log->begun[at] = now;
                    log->cadre[at] = unit * plan->staff + lowest;
                    if (ends < soonest) soonest = ends;
                }
            }
            if (!others) break;
        }
        for (; row < last && plan->release[row] == now; row++) {
            if (plan->start[row] >= 0) continue;
            log->events++;
            log->released[row] = now;
            append(log, &queues[plan->rank[row]], row);
            waiting++;
        }
        if (closing < 0) continue;
        for (i64 rank = 0; waiting && rank < RANKS;) {
            if (queues[rank].first < 0) {
                rank++;
                continue;
            }
            i64 cadre;
            if (idle_size) {
                cadre = idle[0];
                idle_size--;
                for (i64 place = 0; place < idle_size; place++) idle[place] = idle[place + 1];
                waiting--;
            } else {
                cadre = find_victim(plan, log, rank);
                if (cadre < 0) break;
                send_back(plan, log, unit, cadre, day, now);
            }
            i64 ends = take(plan, log, unit, cadre, &queues[rank], closing, now);
            if (ends < soonest) soonest = ends;
        }
    }
    for (i64 cadre = 0; cadre < plan->staff; cadre++)
        if (staff[cadre].began >= 0) book(plan, log, unit, cadre, day, horizon);
}

void run(const Plan *plan, Log *log)
{
    for (i64 unit = 0; unit < plan->units; unit++) run_unit(plan, log, unit);
}
