-- There is no way back: evidence is never dropped. Restore a backup instead.
SELECT RAISE_THERE_IS_NO_WAY_BACK();
