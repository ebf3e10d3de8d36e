package com.example.shop;

import dev.larder.annotations.extra.Ttl;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheResult;

/** What is cached. */
public interface Prices {

    /** Returns the price of an item. */
    @CacheResult(cacheName = "prices")
    @Ttl(60)
    String price(String item);

    /** Forgets it. */
    @CacheRemove(cacheName = "prices")
    void forget(String item);
}
