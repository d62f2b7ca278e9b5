-- Each sale of certified goods asks when something of the registry was last
-- verified.  That time lies behind the bytes in a row: without the index
-- every page of all metadata would be walked.
CREATE INDEX trust_by_time ON trust (checked_at);
