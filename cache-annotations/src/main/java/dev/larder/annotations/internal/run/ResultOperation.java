package dev.larder.annotations.internal.run;

import dev.larder.annotations.internal.load.Load;
import dev.larder.annotations.internal.load.Loads;
import dev.larder.annotations.internal.load.Moment;
import dev.larder.annotations.internal.load.Waiting;
import dev.larder.annotations.internal.method.MethodModel;
import dev.larder.annotations.internal.method.ResultShape;
import dev.larder.annotations.internal.region.Region;
import dev.larder.annotations.internal.region.RegionSource;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code @CacheResult}: the method is called for what the cache lacks, once for all who ask. */
final class ResultOperation extends Operation {

    private static final Object UNKNOWN = new Object();

    private final Keys keys;
    private final @Nullable RegionSource exceptions;
    private final boolean singleFlight;
    private final ResultShape shape;
    private final boolean skipGet;

    ResultOperation(
            MethodModel method,
            RegionSource regions,
            @Nullable RegionSource exceptions,
            Keys keys,
            boolean singleFlight) {
        super(method, regions);
        this.keys = keys;
        this.exceptions = exceptions;
        this.singleFlight = singleFlight;
        this.shape = method.shape();
        this.skipGet = method.rule().skipGet();
    }

    @Override
    @Nullable
    Object run(Call call, Region region) throws Throwable {
        Object key = keys.of(call);
        if (skipGet) {
            return lead(call, region, key, region.loads().beginChange(key)); // it is for methods that change the source
        }
        long ended = region.loads().ended();
        Object value = region.get(key);
        return value == null ? miss(call, region, key, ended) : shape.wrap(value);
    }

    private @Nullable Object miss(Call call, Region region, Object key, long ended) throws Throwable {
        Object known = knownOtherwise(call, region, key);
        if (known != UNKNOWN) {
            return known;
        }
        Loads loads = region.loads();
        if (!singleFlight) {
            return lead(call, region, key, loads.begin(key));
        }
        Load own = Load.toShare();
        Load first = loads.join(key, own);
        if (first == own) {
            // if a load has ended since the look at the cache, its result may be there now
            return loads.ended() == ended ? lead(call, region, key, own) : leadAfterLook(call, region, key, own);
        }
        return Waiting.await(first) && !first.wasInterrupted()
                ? shape.share(first.result())
                : lead(call, region, key, loads.begin(key));
    }

    /** Returns what a call ends with although the cache has no value for it, or {@link #UNKNOWN}. */
    private @Nullable Object knownOtherwise(Call call, Region region, Object key) throws Throwable {
        if (region.isAbsent(key)) {
            return shape.wrap(null);
        }
        Region failures = regionOfExceptions(call);
        return failures != null && failures.get(key) instanceof Throwable failure ? shape.failed(failure) : UNKNOWN;
    }

    private @Nullable Object leadAfterLook(Call call, Region region, Object key, Load own) throws Throwable {
        Object known;
        try {
            Object value = region.get(key);
            known = value == null ? knownOtherwise(call, region, key) : shape.wrap(value);
        } catch (Throwable failure) {
            own.fail(failure);
            region.loads().end(key, own);
            throw failure;
        }
        if (known == UNKNOWN) {
            return lead(call, region, key, own);
        }
        own.succeed(known);
        region.loads().end(key, own);
        return known;
    }

    private @Nullable Object lead(Call call, Region region, Object key, Load load) throws Throwable {
        return new Lead(call, region, key, load).run();
    }

    /** A call of the method, whose result is handed to those who wait, and stored. */
    private final class Lead {

        private final Call call;
        private final Region region;
        private final Object key;
        private final Load load;

        Lead(Call call, Region region, Object key, Load load) {
            this.call = call;
            this.region = region;
            this.key = key;
            this.load = load;
        }

        @Nullable
        Object run() throws Throwable {
            Object result;
            try {
                result = call.proceed();
            } catch (Throwable failure) {
                load.fail(failure);
                Endings.inSpiteOf(failure, () -> finish(null, failure, Moment.IN_CALL));
                throw failure;
            }
            if (shape.staged() && result instanceof CompletionStage<?> stage) {
                return shape.share(watch(stage)); // the first too: what he does with his stage is not to end the load
            }
            load.succeed(result);
            finish(result, null, Moment.IN_CALL);
            return result;
        }

        private CompletionStage<?> watch(CompletionStage<?> stage) {
            try {
                CompletionStage<?> finished = Endings.whenComplete(stage, this::finish);
                load.succeed(finished);
                return finished;
            } catch (RuntimeException | Error failure) {
                load.fail(failure);
                throw failure;
            }
        }

        private void finish(@Nullable Object outcome, @Nullable Throwable failure, Moment moment) {
            try {
                if (failure == null) {
                    store(shape.unwrap(outcome), moment);
                } else if (method().rule().exceptions().takes(failure)) {
                    Region failures = regionOfExceptions(call);
                    if (failures != null) {
                        region.loads().store(key, load, moment, () -> failures.put(key, failure, call.arguments()));
                    }
                }
            } finally {
                region.loads().end(key, load);
            }
        }

        private void store(@Nullable Object content, Moment moment) {
            if (skipGet) {
                Runnable put = () -> region.replace(key, content, call.arguments());
                region.loads().replace(key, load, moment, put, () -> region.remove(key));
            } else {
                // if there is none, there was none before either
                Runnable put = () -> region.put(key, content, call.arguments());
                region.loads().store(key, load, moment, content == null ? () -> region.putAbsence(key) : put);
            }
        }
    }

    private @Nullable Region regionOfExceptions(Call call) {
        if (exceptions == null) {
            return null;
        }
        Region known = exceptions.known();
        return known == null ? exceptions.resolve(call) : known;
    }
}
