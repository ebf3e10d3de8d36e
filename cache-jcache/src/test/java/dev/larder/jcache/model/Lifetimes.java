package dev.larder.jcache.model;

import dev.larder.jcache.model.HandWrittenPolicy.Answers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;

/** The expiry of a cache: one of the standard's five policies, or one that somebody wrote by hand. */
record Lifetimes(String name, Supplier<ExpiryPolicy> policies) {

    private static final Duration SHORT = new Duration(TimeUnit.MILLISECONDS, 50);
    private static final Duration LONG = new Duration(TimeUnit.SECONDS, 3);

    static final List<Lifetimes> STOCK = stock();
    static final List<Lifetimes> HAND_WRITTEN = handWritten();

    private static List<Lifetimes> stock() {
        List<Lifetimes> all = new ArrayList<>();
        all.add(new Lifetimes("eternal", EternalExpiryPolicy::new));
        for (Duration duration : List.of(SHORT, LONG, Duration.ZERO)) {
            all.add(of("created ", duration, CreatedExpiryPolicy::new));
            all.add(of("modified ", duration, ModifiedExpiryPolicy::new));
            all.add(of("accessed ", duration, AccessedExpiryPolicy::new));
            all.add(of("touched ", duration, TouchedExpiryPolicy::new));
        }
        return List.copyOf(all);
    }

    private static Lifetimes of(String name, Duration duration, Function<Duration, ExpiryPolicy> policy) {
        return new Lifetimes(name + text(duration), () -> policy.apply(duration));
    }

    private static List<Lifetimes> handWritten() {
        List<Lifetimes> all = new ArrayList<>();
        for (Duration creation : Arrays.asList(LONG, SHORT, Duration.ETERNAL, null)) {
            for (Duration access : Arrays.asList(null, Duration.ZERO, SHORT, LONG)) {
                for (Duration update : Arrays.asList(null, Duration.ZERO, SHORT, Duration.ETERNAL)) {
                    all.add(handWritten(new Answers(creation, access, update)));
                }
            }
        }
        all.add(handWritten(new Answers(Duration.ZERO, LONG, LONG)));
        return List.copyOf(all);
    }

    private static Lifetimes handWritten(Answers answers) {
        String durations = String.join(
                "/",
                Stream.of(answers.creation(), answers.access(), answers.update())
                        .map(Lifetimes::text)
                        .toList());
        return new Lifetimes("hand-written " + durations, () -> new HandWrittenPolicy(answers));
    }

    private static String text(Duration duration) {
        if (duration == null) {
            return "null";
        }
        return duration.isEternal() ? "eternal" : duration.getAdjustedTime(0) + " ms";
    }

    @Override
    public String toString() {
        return name;
    }
}
