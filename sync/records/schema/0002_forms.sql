-- Never edited once shipped; the next change is 0003.
--
-- Forms. Which form it is, its answers and how it ended lie in `sealed`; `form` is the alias
-- of the Questionnaire's url.

-- Begun and not over; one a patient, form and site day.
create table form_draft (
    id blob primary key check (length(id) = 16),
    patient blob not null check (length(patient) = 16),
    form blob not null check (length(form) = 16),
    day integer not null,
    sealed blob not null
) strict, without rowid;
create index form_draft_by_patient on form_draft (patient, day);
create index form_draft_by_day on form_draft (day);

-- When a form last ended, and how; no answers.
create table form_done (
    id blob primary key check (length(id) = 16),
    patient blob not null check (length(patient) = 16),
    form blob not null check (length(form) = 16),
    day integer not null,
    sealed blob not null
) strict, without rowid;
create index form_done_by_patient on form_done (patient);

-- Answers that the clinic hears of at once, as they were given. `id` is the alias of the
-- unit that says so.
create table safety_event (
    id blob primary key check (length(id) = 16),
    patient blob not null check (length(patient) = 16),
    day integer not null,
    sealed blob not null
) strict, without rowid;
create index safety_event_by_day on safety_event (day);
