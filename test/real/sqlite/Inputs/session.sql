-- A session with the shell: schema, a large load, queries of all kinds, changes, and a dump.
-- (JSON mode prints more digits of reals than a double has, which depend on the size of long double.)
.bail on
pragma page_size = 4096;
create table person(id integer primary key, name text not null, born int, height real, photo blob);
create table visit(person int references person(id), day int, note text);
create index visit_day on visit(day, person);
begin;
with recursive n(i) as (select 1 union all select i + 1 from n where i < 20000)
  insert into person select i, printf('person %05d %s', i * 7919 % 20000, hex(i * i)), 1900 + i % 120, 1.5 + i % 50 / 100.0,
    zeroblob(i % 100) from n;
with recursive n(i) as (select 1 union all select i + 1 from n where i < 60000)
  insert into visit select i * 31 % 20000 + 1, i % 365, case when i % 10 = 0 then null else 'note ' || i end from n;
commit;
.mode column
.headers on
select count(*), sum(born), round(avg(height), 6), max(length(photo)), min(name) from person;
select born, count(*) as n, group_concat(id, ' ') from person where id < 500 group by born having n > 4 order by born desc limit 5;
.mode csv
select p.name, v.day, v.note from person p join visit v on v.person = p.id where v.day between 100 and 101 and p.born > 2010
  order by p.name, v.day, v.note limit 20;
select day, count(*), rank() over (order by count(*) desc, day), sum(count(*)) over (order by day rows 3 preceding)
  from visit group by day order by day limit 10;
.mode box
select id, name from person where name like '%777%' and id not in (select person from visit where note is null) order by id limit 5;
explain query plan select * from visit where day = 5 and person > 100;
.mode json
select format('%.6f', json_extract(json_object('a', id, 'b', json_array(born, height)), '$.b[1]')) as h, upper(substr(name, 1, 8)) as s,
  typeof(photo) as t, quote(photo) as q from person where id in (3, 5, 7);
.mode list
create virtual table words using fts5(body);
insert into words select name || ' ' || hex(id) from person where id % 10 = 0;
select count(*), max(rowid) from words where words match 'person AND 00*';
create virtual table box using rtree(id, x0, x1, y0, y1);
insert into box select id, id % 100, id % 100 + 2, id / 100, id / 100 + 1 from person;
select count(*), sum(id) from box where x0 > 40 and x1 < 60 and y0 between 20 and 30;
select printf('%.12g', sum(sin(id) * sqrt(id) + ln(id) + pow(1.0001, id))) from person;
update person set name = name || ' updated', photo = null where id % 3 = 0;
delete from visit where day % 2 = 1;
create trigger gone after delete on person begin delete from visit where person = old.id; end;
delete from person where id between 1000 and 1999;
select count(*), total(day) from visit;
savepoint here; delete from person; rollback to here; release here;
create view tall as select id, height from person where height > 1.9;
select count(*) from tall;
vacuum;
pragma integrity_check;
.schema
.dump tall
attach 'second.db' as second;
create table second.copy as select * from person where id < 50;
.tables
.once dump.txt
.dump copy
select sum(length(name)) from second.copy;
select * from missing_table;
