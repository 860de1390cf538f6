-- Version 3: hidden leads, and what cursors are signed with.
--
-- What is derived of one (its row in leads, its values and its places) stands under the tenant's number with a
-- minus, so that whoever asks for the others asks as before, in the same indexes. What it is made of stays under the tenant.
--
-- Those numbers are known as tenants whose names nobody can have.

INSERT INTO tenants (id, name) SELECT -id, 'hidden leads of ' || id FROM tenants;

ALTER TABLE tenants ADD COLUMN seal BLOB NOT NULL DEFAULT x'';
UPDATE tenants SET seal = randomblob(16);

CREATE TRIGGER tenants_hidden AFTER INSERT ON tenants WHEN new.id > 0 BEGIN
    UPDATE tenants SET seal = randomblob(16) WHERE id = new.id;
    INSERT INTO tenants (id, name) VALUES (-new.id, 'hidden leads of ' || new.id);
END;
