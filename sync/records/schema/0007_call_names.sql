-- Whether a name is given already is asked with every new one.
create index call_name_by_name on call_name (day, plant, number);
