package dev.larder.spring.session;

import dev.larder.patterns.session.SessionStore;
import dev.larder.patterns.session.SessionStoreBuilder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.cache.CacheManager;

/** Repositories over the same cache, as the instances of an application have them, with a clock that all go by. */
final class Fleet implements AutoCloseable {

    final MovableClock clock = new MovableClock();

    /** What was published, by all of them. */
    final List<Object> events = new CopyOnWriteArrayList<>();

    private final CacheManager caches;

    Fleet(Provider provider) {
        this.caches = provider.newManager();
    }

    LarderSessionRepository instance() {
        return instance(store -> {}, repository -> repository);
    }

    LarderSessionRepository instance(Consumer<SessionStoreBuilder> store) {
        return instance(store, repository -> repository);
    }

    LarderSessionRepository instance(
            Consumer<SessionStoreBuilder> store, UnaryOperator<LarderSessionRepositoryBuilder> repository) {
        SessionStoreBuilder settings = SessionStore.in(caches, "sessions").clock(clock);
        settings.codec(
                SpringAttributes.serialized(Fleet.class.getClassLoader(), List.of("dev.larder.spring.session.**")));
        store.accept(settings);
        return repository
                .apply(LarderSessionRepository.builder(settings).events(events::add))
                .build();
    }

    CacheManager caches() {
        return caches;
    }

    @Override
    public void close() {
        caches.close();
    }
}
