package dev.larder.annotations.internal.run;

import dev.larder.annotations.internal.region.RegionSettings;
import dev.larder.annotations.spi.Instances;

/**
 * What the builder was told.
 *
 * @param bareKeys whether the only key parameter is the key itself
 * @param singleFlight whether callers who miss the same key wait for the first of them
 */
public record Settings(RegionSettings regions, Instances instances, boolean bareKeys, boolean singleFlight) {}
