package dev.larder.spring.session;

import dev.larder.patterns.session.SessionStore;
import dev.larder.patterns.session.SessionStoreBuilder;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.FlushMode;
import org.springframework.session.IndexResolver;
import org.springframework.session.PrincipalNameIndexResolver;
import org.springframework.session.Session;

/** Builds a {@link LarderSessionRepository}. Not for use by several threads at once. */
public final class LarderSessionRepositoryBuilder {

    private final SessionStoreBuilder store;
    private final SessionHandles handles = new SessionHandles(new SecureRandom());
    private IndexResolver<Session> resolver = new PrincipalNameIndexResolver<>();
    private Set<String> indexes = Set.of(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME);
    private FlushMode flushMode = FlushMode.ON_SAVE;
    private @Nullable ApplicationEventPublisher events;

    LarderSessionRepositoryBuilder(SessionStoreBuilder store) {
        this.store = Objects.requireNonNull(store, "store");
    }

    /**
     * Sets what tells the value of each index for a session. By default there is the index of users, found as Spring finds them: by the
     * attribute {@code PRINCIPAL_NAME_INDEX_NAME}, else by the one that Spring Security keeps.
     *
     * @param names of the indexes that it tells values of
     */
    public LarderSessionRepositoryBuilder indexes(IndexResolver<Session> newResolver, String... names) {
        this.resolver = Objects.requireNonNull(newResolver, "resolver");
        this.indexes = Set.of(names);
        return this;
    }

    /** Sets when changes are written: by default when the session is saved, at the end of the request. */
    public LarderSessionRepositoryBuilder flushMode(FlushMode newFlushMode) {
        this.flushMode = Objects.requireNonNull(newFlushMode, "flushMode");
        return this;
    }

    /** Sets who is told of sessions that were created, deleted, or have expired. By default nobody is. */
    public LarderSessionRepositoryBuilder events(ApplicationEventPublisher publisher) {
        this.events = Objects.requireNonNull(publisher, "publisher");
        return this;
    }

    /** Builds the repository and its store. To be called once. */
    public LarderSessionRepository build() {
        return new LarderSessionRepository(this);
    }

    SessionHandles handles() {
        return handles;
    }

    Set<String> indexes() {
        return indexes;
    }

    FlushMode flushMode() {
        return flushMode;
    }

    SessionStore buildStore(LarderSessionRepository repository) {
        for (String index : indexes) {
            store.index(
                    index,
                    session -> resolver.resolveIndexesFor(repository.named(session))
                            .get(index));
        }
        if (events != null) {
            store.listener(new SpringSessionEvents(repository, repository::named, events));
        }
        return store.build();
    }
}
