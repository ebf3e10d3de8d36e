package dev.larder.annotations.internal.run;

import dev.larder.annotations.internal.load.Loads.Hold;
import dev.larder.annotations.internal.load.Moment;
import dev.larder.annotations.internal.method.MethodModel;
import dev.larder.annotations.internal.region.Region;
import dev.larder.annotations.internal.region.RegionSource;
import org.jspecify.annotations.Nullable;

/** What changes the cache in any case: before the method, or after it. */
abstract sealed class ChangeOperation extends Operation permits PutOperation, RemoveOperation, RemoveAllOperation {

    ChangeOperation(MethodModel method, RegionSource regions) {
        super(method, regions);
    }

    @Override
    final @Nullable Object run(Call call, Region region) throws Throwable {
        Object key = keyOf(call);
        return method().rule().afterInvocation() ? changeAfter(call, region, key) : changeBefore(call, region, key);
    }

    /** Results that are read while the method runs are not stored: they may be from before what it does. */
    private @Nullable Object changeBefore(Call call, Region region, Object key) throws Throwable {
        Hold hold = hold(region, key);
        Object result;
        try {
            change(call, region, key);
            result = call.proceed();
        } catch (Throwable failure) {
            hold.close(Moment.IN_CALL);
            throw failure;
        }
        return Endings.whenEnded(method().shape(), result, (outcome, failure, moment) -> hold.close(moment));
    }

    private @Nullable Object changeAfter(Call call, Region region, Object key) throws Throwable {
        Ending ending = begin(call, region, key);
        Object result;
        try {
            result = call.proceed();
        } catch (Throwable failure) {
            ending.methodReturned();
            Endings.inSpiteOf(failure, () -> ending.end(isWantedAfter(failure), Moment.IN_CALL));
            throw failure;
        }
        ending.methodReturned();
        return Endings.whenEnded(
                method().shape(), result, (outcome, failure, moment) -> ending.end(isWantedAfter(failure), moment));
    }

    private boolean isWantedAfter(@Nullable Throwable failure) {
        return failure == null || method().rule().exceptions().takes(failure);
    }

    /** Returns the key, or anything where all keys are meant. */
    abstract Object keyOf(Call call);

    /** Keeps results from being stored until it is closed. */
    abstract Hold hold(Region region, Object key);

    /** Changes the cache before the method, while the key is held. */
    abstract void change(Call call, Region region, Object key);

    /** Prepares for a change after the method. */
    abstract Ending begin(Call call, Region region, Object key);
}
