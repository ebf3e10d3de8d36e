package dev.larder.jcache.model;

import dev.larder.jcache.CacheSettings;
import dev.larder.jcache.LarderCache;
import dev.larder.jcache.fixture.Beans;
import dev.larder.jcache.fixture.CacheMaker;
import dev.larder.jcache.model.Step.Change;
import dev.larder.jcache.model.Step.Operation;
import dev.larder.jcache.model.Step.Pass;
import dev.larder.store.guard.OnStoreFailure;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.management.CacheStatisticsMXBean;

/** A cache beside its model: both are taken through the same steps, and compared after each. */
final class Trial<V> implements AutoCloseable {

    /** How late the end of an entry may be told of, if timers are punctual. */
    private static final long TOLD_WITHIN_MILLIS = 1_000;

    /** To ask for statistics takes longer than most steps, and what was counted wrong stays wrong. */
    private static final int STEPS_BETWEEN_TOTALS = 16;

    private final Setup setup;
    private final CacheMaker maker = new CacheMaker();
    private final ValuePool<V> values;
    private final Outside<V> outside;
    private final Outside<V> modelOutside;
    private final ExpiryPolicy policy;
    private final ExpiryPolicy modelPolicy;
    private final Hearing<V> hearing;
    private final LarderCache<String, V> cache;
    private final ModelCache<V> model;
    private final CacheStatisticsMXBean statistics;
    private int steps;

    Trial(Setup setup, ValueKind<V> kind) {
        this.setup = setup;
        values = new ValuePool<>(kind, setup.copies());
        outside = new Outside<>(values);
        modelOutside = new Outside<>(values);
        policy = setup.lifetimes().policies().get();
        modelPolicy = setup.lifetimes().policies().get();
        hearing = new Hearing<>(setup.listening(), values);
        cache = maker.make(settings(kind));
        model = new ModelCache<>(setup, maker.time(), values, modelOutside, modelPolicy);
        statistics = setup.statistics() ? Beans.statistics(cache) : null;
    }

    private CacheSettings.Builder<String, V> settings(ValueKind<V> kind) {
        CacheSettings.Builder<String, V> settings = CacheSettings.builder(String.class, kind.type())
                .store(setup.store().factory())
                .onStoreFailure(OnStoreFailure.FAIL)
                .storeByReference(!setup.byValue())
                .expiryPolicy(() -> policy)
                .jitter(setup.jitter())
                .statistics(setup.statistics());
        if (setup.loader() != Setup.LoaderUse.NONE) {
            settings.loader(setup.decides() ? new Decisions<>(outside) : outside)
                    .readThrough(setup.readsThrough());
        }
        if (setup.writer() != Setup.WriterUse.NONE) {
            settings.writer(outside).writeThrough(setup.writesThrough());
        }
        hearing.addTo(settings);
        return settings;
    }

    /** Takes a step; returns the first difference between cache and model after it, or null if there is none. */
    String take(Step<V> step) {
        values.nextStep();
        String difference = null;
        if (step instanceof Operation<V> operation) {
            difference = differenceIn(operation);
        } else if (step instanceof Pass<V> pass) {
            pass(pass);
        } else if (step instanceof Change<V> change) {
            values.changeOutside(change.index(), change.number());
        }
        model.entries().buryTheDead();
        boolean isTotalled = ++steps % STEPS_BETWEEN_TOTALS == 0;
        return first(
                difference, differenceInEvents(step), differenceInPresence(), isTotalled ? differenceInTotals() : null);
    }

    private static String first(String... differences) {
        for (String each : differences) {
            if (each != null) {
                return each;
            }
        }
        return null;
    }

    private String differenceIn(Operation<V> operation) {
        outside.failBy(operation.faults());
        modelOutside.failBy(operation.faults());
        Object answer = Failure.orAnswer(() -> operation.call().on(cache, values));
        Object expected = Failure.orAnswer(() -> operation.call().on(model, values));
        values.answered(answer);
        return first(
                values.same(answer, expected)
                        ? null
                        : difference("the answer", values.text(answer), values.text(expected)),
                differenceInCalls(operation.hasOrder()),
                difference("calls of the policy", calls(policy), calls(modelPolicy)));
    }

    private String differenceInCalls(boolean inOrder) {
        Function<Outside<V>, List<String>> calls = inOrder
                ? Outside::drainCalls
                : side -> side.drainCalls().stream().sorted().toList();
        return difference("calls of loader and writer", calls.apply(outside), calls.apply(modelOutside));
    }

    private static String calls(ExpiryPolicy policy) {
        return policy instanceof HandWrittenPolicy handWritten ? handWritten.drainCalls() : "";
    }

    private static String difference(String what, Object found, Object expected) {
        return Objects.equals(found, expected) ? null : what + ": " + found + " instead of " + expected;
    }

    private void pass(Pass<V> pass) {
        long now = maker.time().millis();
        long millis = pass.millis();
        if (pass.deadline() >= 0) {
            List<Long> deadlines = model.entries().deadlines().stream()
                    .filter(each -> each != Long.MAX_VALUE)
                    .toList();
            millis += deadlines.isEmpty() ? 0 : deadlines.get(pass.deadline() % deadlines.size()) - now;
        }
        Duration duration = Duration.ofMillis(Math.max(0, millis));
        if (pass.isPunctual()) {
            maker.time().advance(duration);
        } else {
            maker.time().skip(duration);
        }
    }

    /** What nobody waits for is told by another thread: it is waited for if it must have been told by now. */
    private String differenceInEvents(Step<V> step) {
        boolean isPunctual = step instanceof Pass<V> pass && pass.isPunctual();
        long toldUntil = isPunctual ? maker.time().millis() - TOLD_WITHIN_MILLIS : Long.MIN_VALUE;
        String difference = model.events().compare(hearing.drain());
        while (difference == null && model.events().owesUntil(toldUntil)) {
            difference = hearing.awaitMore()
                    ? model.events().compare(hearing.drain())
                    : "nobody was told of an entry that expired";
        }
        return difference;
    }

    private String differenceInPresence() {
        String difference = null;
        for (int i = 0; i < setup.keys(); i++) {
            String key = "k" + i;
            difference =
                    first(difference, difference(key + " is there", cache.containsKey(key), model.containsKey(key)));
        }
        return difference;
    }

    /** Compares what has been counted and written since the beginning. */
    String differenceInTotals() {
        long size = cache.estimatedSize();
        int there = model.entries().keys().size();
        return first(
                difference("what was written", outside.written(), modelOutside.written()),
                size != -1 && size < there ? "estimated size: " + size + ", and there are " + there : null,
                statistics == null
                        ? null
                        : difference("statistics", counted(), model.statistics().toString()));
    }

    private String counted() {
        return ModelStatistics.text(
                statistics.getCacheHits(),
                statistics.getCacheMisses(),
                statistics.getCachePuts(),
                statistics.getCacheRemovals(),
                statistics.getCacheEvictions());
    }

    @Override
    public void close() {
        maker.close();
    }
}
