package dev.larder.redis.auth;

import dev.larder.time.Clock;
import dev.larder.time.Timer;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.FluxSink.OverflowStrategy;
import reactor.core.publisher.Mono;

/**
 * Gives lettuce the credentials that hold now: for new connections, and for live ones when they change.
 *
 * <p>Live connections listen only with {@code ClientOptions.ReauthenticateBehavior.ON_NEW_CREDENTIALS}. While the provider fails or
 * is slow, what it gave last stays in use. One of it serves all connections to a server or cluster. Safe for use by many
 * threads.
 */
public final class RenewingCredentials implements RedisCredentialsProvider, AutoCloseable {

    private static final long PATIENCE_MILLIS = 2_000;

    private static final String LOOK_AT_AUTH = "it does not take these credentials; look at \"auth\"";

    private final CredentialsProvider provider;
    private final Clock clock;
    private final Timer timer;
    private final Renewal renewal;
    private final Set<FluxSink<RedisCredentials>> listeners = ConcurrentHashMap.newKeySet();
    private @Nullable Credentials told;
    private long toldAtMillis;
    private boolean changed;

    /**
     * Creates it. The provider is not asked before the first connection.
     *
     * @param server what the log calls the server; no secret
     * @param clock measures how long ago live connections were told
     * @param timer tells when to ask again
     * @param executor where the provider is asked, which may block for a while, or for good
     */
    public RenewingCredentials(
            String server, CredentialsProvider provider, Clock clock, Timer timer, Executor executor) {
        Objects.requireNonNull(server, "server");
        this.provider = Objects.requireNonNull(provider, "provider");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.timer = Objects.requireNonNull(timer, "timer");
        Objects.requireNonNull(executor, "executor");
        this.renewal = new Renewal(provider, timer, executor, new RenewalTrouble(server), this::spread);
    }

    /** Returns what to look at when a server does not take the credentials. */
    public String whenRefused() {
        try {
            return Objects.requireNonNullElse(provider.whenRefused(), LOOK_AT_AUTH);
        } catch (RuntimeException e) {
            return LOOK_AT_AUTH; // a hint that fails must not hide the refusal
        }
    }

    /** Asks the provider; after two seconds without an answer, what it gave last is the answer. */
    @Override
    public Mono<RedisCredentials> resolveCredentials() {
        boolean leavesItToOthers = true; // when lettuce gives up a connection
        return Mono.fromFuture(this::answerInTime, leavesItToOthers).map(grant -> lettuce(grant.credentials()));
    }

    /** Who joins a call that has taken too long already waits no longer; what comes of it still counts. */
    private CompletableFuture<Grant> answerInTime() {
        CompletableFuture<Grant> answer = renewal.ask();
        Grant last = renewal.current();
        if (last != null && !answer.isDone()) {
            timer.runAfter(PATIENCE_MILLIS, () -> answer.complete(last), ForkJoinPool.commonPool());
        }
        return answer;
    }

    @Override
    public boolean supportsStreaming() {
        return true;
    }

    /** Returns what a live connection must learn: each change from now on, and one that it may have missed while it was opened. */
    @Override
    public Flux<RedisCredentials> credentials() {
        return Flux.create(this::listen, OverflowStrategy.LATEST);
    }

    /** Holds the lock while it tells, so that old news does not overtake new; lettuce only queues a command then. */
    private synchronized void listen(FluxSink<RedisCredentials> listener) {
        listeners.add(listener);
        listener.onDispose(() -> listeners.remove(listener));
        Grant current = renewal.current();
        if (changed && current != null) {
            listener.next(lettuce(current.credentials()));
        }
    }

    private synchronized void spread(Grant grant) {
        Credentials before = told;
        boolean isNews = before != null && !before.equals(grant.credentials());
        if (isNews
                && clock.millis() - toldAtMillis < grant.reauthenticateAfter().toMillis()) {
            return;
        }
        told = grant.credentials();
        if (before == null || isNews) {
            toldAtMillis = clock.millis();
        }
        if (isNews) {
            changed = true;
            listeners.forEach(listener -> listener.next(lettuce(grant.credentials())));
        }
    }

    private static RedisCredentials lettuce(Credentials credentials) {
        return RedisCredentials.just(credentials.username(), credentials.password());
    }

    /** Stops asking. Connections that are still open stay authenticated. */
    @Override
    public void close() {
        renewal.close();
        listeners.forEach(FluxSink::complete);
    }
}
