package dev.larder.annotations;

import dev.larder.annotations.internal.method.Interception;
import dev.larder.annotations.internal.method.MethodModels;
import dev.larder.annotations.internal.region.RegionSettings;
import dev.larder.annotations.internal.run.Engine;
import dev.larder.annotations.internal.run.Operation;
import dev.larder.annotations.internal.run.Settings;
import dev.larder.annotations.spi.FailureHandler;
import dev.larder.annotations.spi.Instances;
import dev.larder.annotations.spi.Invoker;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.jspecify.annotations.Nullable;

/**
 * Obeys the annotations of JSR-107 in calls that somebody else intercepts: {@link CachedProxy}, or a container's adapter. This is where an application says how.
 *
 * <pre>{@code
 * CacheAnnotations annotations = CacheAnnotations.builder()
 *         .cacheManager(manager)
 *         .bareKeys(true)
 *         .strict(true)
 *         .build();
 * Weather weather = CachedProxy.of(Weather.class, new WeatherService(), annotations);
 * }</pre>
 *
 * <p>Immutable, and safe for use by many threads. Several can stand over the same caches; a load is shared, and overtaken, across them.
 */
public final class CacheAnnotations {

    private final Engine engine;

    private CacheAnnotations(Settings settings) {
        engine = new Engine(settings);
    }

    /** Returns one over the default cache manager of the default provider. */
    public static CacheAnnotations standard() {
        return builder().build();
    }

    /** Returns a builder, for {@link #standard} as long as it is told nothing. */
    public static Builder builder() {
        return new Builder();
    }

    /** Whether there is an annotation in a class or above it; if not, none of its methods needs to be intercepted. */
    public static boolean concerns(Class<?> type) {
        return MethodModels.anyIn(type);
    }

    /**
     * Whether one of the annotations is for a method: at it, at what it overrides or implements, or at a class or interface that has it.
     *
     * @param type the class of the target
     * @throws IllegalArgumentException if what the annotation says cannot be obeyed
     */
    public static boolean intercepts(Class<?> type, Method method) {
        return MethodModels.find(type, method) != null;
    }

    /**
     * Looks at all annotations of a class before the first call.
     *
     * @param bySubclass whether the container intercepts by a subclass, otherwise by a proxy of the interfaces
     * @throws IllegalArgumentException if an annotation cannot be obeyed, or, in strict mode, would have no effect; otherwise that is logged once
     */
    public void prepare(Class<?> type, boolean bySubclass) {
        engine.prepare(type, bySubclass ? Interception.bySubclass() : Interception.byInterfaces());
    }

    /** Does the same for a proxy of one interface. */
    void prepare(Class<?> type, Class<?> proxied) {
        engine.prepare(type, Interception.byInterface(proxied));
    }

    /**
     * Does what the annotation of a method says, or calls the method if it has none.
     *
     * @param type the class of the target
     * @param method as the class has it, or as it is declared above; a bridge too
     * @param arguments kept, and changed by nobody afterwards
     * @return what the caller gets
     * @throws Throwable what the method threw
     */
    public @Nullable Object invoke(
            Class<?> type, Method method, Object target, @Nullable Object[] arguments, Invoker invoker)
            throws Throwable {
        Operation operation = engine.operation(type, method);
        return operation == null ? invoker.invoke(target, arguments) : operation.run(target, arguments, invoker);
    }

    @Nullable
    Operation operation(Class<?> type, Method method) {
        return engine.operation(type, method);
    }

    /** Builds a {@link CacheAnnotations}. Not safe for use by several threads. */
    public static final class Builder {

        private Supplier<CacheManager> manager =
                () -> Caching.getCachingProvider().getCacheManager();
        private Instances instances = Instances.byConstructor();
        private FailureHandler failures = FailureHandler.logging();
        private @Nullable Duration absentFor;
        private boolean bareKeys;
        private boolean singleFlight = true;
        private boolean strict;

        private Builder() {}

        /** Says whose caches the annotations name; a cache that it lacks is made on first use. */
        public Builder cacheManager(CacheManager newManager) {
            Objects.requireNonNull(newManager, "newManager");
            return cacheManager(() -> newManager);
        }

        /** Says who knows the cache manager, asked when a cache is looked for; unless told otherwise, the default provider. */
        public Builder cacheManager(Supplier<CacheManager> newManager) {
            manager = Objects.requireNonNull(newManager, "newManager");
            return this;
        }

        /** Says where key generators and resolver factories come from; unless told otherwise, from their constructor without parameters. */
        public Builder instances(Instances newInstances) {
            instances = Objects.requireNonNull(newInstances, "newInstances");
            return this;
        }

        /** Says what happens when a cache fails; unless told otherwise, it is logged, and the method answers without. */
        public Builder onFailure(FailureHandler newFailures) {
            failures = Objects.requireNonNull(newFailures, "newFailures");
            return this;
        }

        /**
         * Says whether the only key parameter of a method is the key itself, not a {@link dev.larder.annotations.key.ParametersKey} of it; so that loaders, and whoever uses the cache otherwise, see a
         * plain {@code Long} or {@code String}. Not unless told. Null and arrays are wrapped all the same.
         */
        public Builder bareKeys(boolean bare) {
            bareKeys = bare;
            return this;
        }

        /**
         * Says whether the callers in this JVM who miss the same key wait for the first of them, and share what he gets. They do unless told otherwise.
         */
        public Builder singleFlight(boolean single) {
            singleFlight = single;
            return this;
        }

        /**
         * Lets it be remembered for a while that a {@code @CacheResult} method returned null or an empty {@code Optional}, which otherwise is forgotten. For that, each cache gets another beside it, named
         * {@code NAME.absent}, that {@code @CachePut}, {@code @CacheRemove} and {@code @CacheRemoveAll} change too.
         *
         * @param ttl more than zero
         */
        public Builder absentFor(Duration ttl) {
            if (ttl.toMillis() <= 0) {
                throw new IllegalArgumentException("a time to remember must be at least a millisecond: " + ttl);
            }
            absentFor = ttl;
            return this;
        }

        /**
         * Says whether what can hardly be meant is refused when it is first seen, which for most containers is at their start: two methods that store different types in the same cache; an annotated method
         * that cannot be intercepted because it is final, private or static, or not in the interface that is proxied; {@code @Ttl} and {@code @Tags} over another provider than Larder. Unless told, it is logged, or let pass.
         */
        public Builder strict(boolean newStrict) {
            strict = newStrict;
            return this;
        }

        /** Returns what was built. */
        public CacheAnnotations build() {
            RegionSettings regions = new RegionSettings(manager, failures, absentFor, strict);
            return new CacheAnnotations(new Settings(regions, instances, bareKeys, singleFlight));
        }
    }
}
