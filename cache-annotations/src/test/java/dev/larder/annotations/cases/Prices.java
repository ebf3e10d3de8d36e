package dev.larder.annotations.cases;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What the cases call; the answers tell how many calls there were, and an argument how a call is to end. */
public interface Prices {

    String find(String item);

    String findIn(String shop, String unused, String item);

    int count(int item);

    @Nullable
    String findNothing(String item);

    String findOf(String... items);

    /** Runs something while it is called. */
    String findDuring(String item, Runnable meanwhile);

    /** Has a cache that fails. */
    String findWithout(String item);

    String refresh(String item);

    @Nullable
    String refreshToNothing(String item);

    Optional<String> findOptional(String item, boolean there);

    CompletionStage<String> findLater(String item, @Nullable Exception failure);

    CompletableFuture<Optional<String>> findOptionalLater(String item);

    String failing(String item, @Nullable Exception failure) throws Exception;

    String failingButIllegal(String item, @Nullable Exception failure) throws Exception;

    String failingOnlyIllegal(String item, @Nullable Exception failure) throws Exception;

    String failingOnlyArguments(String item, @Nullable Exception failure) throws Exception;

    CompletionStage<String> failingLater(String item, @Nullable Exception failure);

    void put(String item, @Nullable String price, @Nullable Exception failure) throws Exception;

    void putOptional(String item, Optional<String> price);

    void putFor(String item, String price, @Nullable Exception failure) throws Exception;

    void putNotFor(String item, String price, @Nullable Exception failure) throws Exception;

    void putForBut(String item, String price, @Nullable Exception failure) throws Exception;

    void putBefore(String item, String price, @Nullable Exception failure) throws Exception;

    /** Runs something while it is called. */
    void putBeforeAnd(String item, String price, Runnable meanwhile);

    CompletionStage<@Nullable Void> putLater(String item, String price, CompletableFuture<@Nullable Void> end);

    void remove(String item, @Nullable Exception failure) throws Exception;

    void removeFor(String item, @Nullable Exception failure) throws Exception;

    void removeNotFor(String item, @Nullable Exception failure) throws Exception;

    void removeBefore(String item, @Nullable Exception failure) throws Exception;

    CompletionStage<@Nullable Void> removeLater(String item, CompletableFuture<@Nullable Void> end);

    void removeAll(@Nullable Exception failure) throws Exception;

    void removeAllFor(@Nullable Exception failure) throws Exception;

    void removeAllNotFor(@Nullable Exception failure) throws Exception;

    void removeAllBefore(@Nullable Exception failure) throws Exception;

    String generated(String item);

    String resolved(String item, @Nullable Exception failure) throws Exception;
}
