package dev.larder.patterns.session;

/** What happens while the cache cannot be reached. */
public enum WhenStoreFails {
    /** Each call that needs the cache throws {@link SessionStoreException}. */
    FAIL,
    /**
     * Sessions that this instance knows are found as it saw them last. What would change one throws {@link SessionStoreException}, as
     * does a search for one that it does not know. That one was only read is not noted, and ids are not renewed.
     */
    READ_ONLY,
    /**
     * This instance goes on alone with the sessions that it knows, and with new ones; others are not found. What it ended and changed is brought to the cache before
     * anything else when that is there again; what ended there meanwhile stays ended.
     */
    LOCAL
}
