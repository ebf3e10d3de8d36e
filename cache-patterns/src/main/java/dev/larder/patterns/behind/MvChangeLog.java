package dev.larder.patterns.behind;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import javax.cache.integration.CacheWriterException;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;

/**
 * A change log in a file of MVStore: one map, from the bytes of a key to those of its change (see {@link ChangeCodec}).
 *
 * <p>Commits are made by the threads that want them, all that wait together by one of them. Without the background writer, MVStore writes a commit on the
 * thread that asks for it, so that it is in the file (in the memory of the operating system at least) when the call returns.
 */
final class MvChangeLog<K, V> implements ChangeLog<K, V> {

    private static final int FORMAT = 1;

    /**
     * For how long space of old versions is not used again. Who only has to survive the end of the JVM can use it at once, since what was written is in the memory of the operating
     * system, in order. A disk that loses power may have written the new before the old; by then everything has been forced to it.
     */
    private static final int RETENTION_MILLIS_IF_SYNCED = 5_000;

    private final Path file;
    private final ChangeCodec<K, V> codec;
    private final boolean synced;
    private final MVStore store;
    private final MVMap<byte[], byte[]> changes;

    private final ReentrantLock forcing = new ReentrantLock();
    private volatile long appended;
    private long forced;

    MvChangeLog(Path file, ChangeCodec<K, V> codec, boolean synced) {
        this.file = file;
        this.codec = codec;
        this.synced = synced;
        makeForOwner(file);
        try {
            store = new MVStore.Builder()
                    .fileName(file.toString())
                    .autoCommitDisabled()
                    .open();
        } catch (MVStoreException e) {
            throw new IllegalStateException(
                    "the journal " + file + " cannot be opened; is it in use by another JVM?", e);
        }
        requireKnownFormat();
        store.setRetentionTime(synced ? RETENTION_MILLIS_IF_SYNCED : 0);
        store.setVersionsToKeep(0);
        changes = store.openMap(
                "changes",
                new MVMap.Builder<byte[], byte[]>()
                        .keyType(ByteArrayDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
    }

    private static void makeForOwner(Path file) {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            // of an earlier run
        } catch (IOException e) {
            throw new UncheckedIOException("the journal " + file + " cannot be made", e);
        }
    }

    private void requireKnownFormat() {
        int format = store.getStoreVersion();
        if (format > FORMAT) {
            store.closeImmediately();
            throw new IllegalStateException("the journal " + file + " is of a later version: format " + format);
        }
        store.setStoreVersion(FORMAT);
    }

    @Override
    public List<Change<K, V>> recover() {
        long nowMillis = InstantSource.system().millis();
        List<Change<K, V>> recovered = new ArrayList<>();
        try {
            changes.forEach((key, change) -> recovered.add(codec.decode(key, change, nowMillis)));
        } catch (RuntimeException e) {
            store.closeImmediately();
            throw new IllegalStateException("the journal " + file + " has a change that its codecs cannot read", e);
        }
        recovered.sort(Comparator.comparingLong(Change::sequence));
        return recovered;
    }

    @Override
    public void append(Change<K, V> change) {
        try {
            changes.put(codec.key(change.key()), codec.record(change));
        } catch (RuntimeException e) {
            throw new CacheWriterException("a change could not be noted in the journal " + file, e);
        }
        appended = change.sequence();
    }

    @Override
    public void force(long sequence) {
        forcing.lock();
        try {
            if (forced < sequence) {
                long upTo = appended;
                store.commit();
                if (synced) {
                    store.sync();
                }
                forced = upTo;
            }
        } catch (MVStoreException e) {
            throw new CacheWriterException("the journal " + file + " could not be written", e);
        } finally {
            forcing.unlock();
        }
    }

    @Override
    public void settle(Change<K, V> change) {
        byte[] key = codec.key(change.key());
        byte[] noted = changes.get(key);
        if (noted != null && ChangeCodec.sequence(noted) == change.sequence()) {
            changes.remove(key);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
