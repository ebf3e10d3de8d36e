package dev.larder.annotations.internal.run;

import dev.larder.annotations.internal.load.Loads.Hold;
import dev.larder.annotations.internal.method.MethodModel;
import dev.larder.annotations.internal.region.Region;
import dev.larder.annotations.internal.region.RegionSource;

/** {@code @CacheRemoveAll}: all entries go. */
final class RemoveAllOperation extends ChangeOperation {

    private static final Object ALL = new Object();

    RemoveAllOperation(MethodModel method, RegionSource regions) {
        super(method, regions);
    }

    @Override
    Object keyOf(Call call) {
        return ALL;
    }

    @Override
    Hold hold(Region region, Object key) {
        return region.loads().holdAll();
    }

    @Override
    void change(Call call, Region region, Object key) {
        region.removeAll();
    }

    @Override
    Ending begin(Call call, Region region, Object key) {
        return (wanted, moment) -> {
            if (wanted) {
                region.loads().overtakeAll(moment);
                region.removeAll();
            }
        };
    }
}
