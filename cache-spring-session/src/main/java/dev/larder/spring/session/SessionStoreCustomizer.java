package dev.larder.spring.session;

import dev.larder.patterns.session.SessionStoreBuilder;

/** A bean of this type has the last word on the settings of the session store. */
@FunctionalInterface
public interface SessionStoreCustomizer {

    /** Changes settings. Several of these are called in their order. */
    void customize(SessionStoreBuilder store);
}
