-- An office-holder who is a member points to a member of the same fund (members lie above funds, so the link is made here).
ALTER TABLE funds_person ADD CONSTRAINT person_member FOREIGN KEY (fund_id, member_id) REFERENCES members_member (fund_id, id);
