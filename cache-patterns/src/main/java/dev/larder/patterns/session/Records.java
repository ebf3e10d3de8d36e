package dev.larder.patterns.session;

import dev.larder.patterns.session.internal.record.Answer;
import dev.larder.patterns.session.internal.record.Step;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where sessions are stored, by their keys. Each call is one of the cache; what fails is a {@link SessionStoreException}. */
interface Records {

    byte @Nullable [] get(String key);

    Map<String, byte[]> getAll(Set<String> keys);

    Answer invoke(String key, Step step);
}
