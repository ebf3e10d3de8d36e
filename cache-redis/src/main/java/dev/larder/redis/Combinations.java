package dev.larder.redis;

import dev.larder.redis.auth.CredentialsProvider;
import dev.larder.redis.config.Addresses;
import dev.larder.redis.config.AuthSettings;
import dev.larder.redis.config.ReadFrom;
import dev.larder.redis.config.SentinelSettings;
import dev.larder.redis.config.TlsSettings;
import dev.larder.redis.config.Topology;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which settings go together. A refusal names them, and what to do. */
final class Combinations {

    private Combinations() {}

    static void checkPlaces(
            @Nullable URI uri,
            Topology topology,
            List<URI> nodes,
            @Nullable SentinelSettings sentinel,
            List<URI> readers) {
        boolean isCluster = topology == Topology.CLUSTER;
        refuse(
                sentinel != null && (uri != null || !nodes.isEmpty()),
                "\"sentinel\" tells where the primary is; leave \"uri\" and \"nodes\" out");
        refuse(sentinel != null && isCluster, "a cluster has no sentinels; leave \"sentinel\" or \"topology\" out");
        refuse(uri != null && !nodes.isEmpty(), "\"uri\" cannot be combined with \"nodes\"; write it as one of them");
        refuse(
                !nodes.isEmpty() && !isCluster,
                "\"nodes\" are those of a cluster; write \"topology\": \"cluster\", or one \"uri\" in their place");
        refuse(
                !readers.isEmpty() && (isCluster || sentinel != null),
                "clusters and sentinels tell of their replicas; leave \"readers\" out");
        if (uri != null) {
            Addresses.check("uri", List.of(uri));
        }
        Addresses.check("nodes", nodes);
        Addresses.check("readers", readers);
        checkDatabases(isCluster, uri, nodes, readers);
    }

    private static void checkDatabases(boolean isCluster, @Nullable URI uri, List<URI> nodes, List<URI> readers) {
        int database = uri == null ? 0 : Addresses.database("uri", uri);
        refuse(
                isCluster && (database != 0 || nodes.stream().anyMatch(node -> Addresses.database("nodes", node) != 0)),
                "a cluster has database 0 alone; let the address end with the port");
        for (URI reader : readers) {
            refuse(
                    uri != null && Addresses.isEncrypted(reader) != Addresses.isEncrypted(uri),
                    "\"uri\" and \"readers\" mix redis:// and rediss://, as " + reader.getHost()
                            + " shows; write one of them for all");
            refuse(
                    Addresses.database("readers", reader) != database,
                    "\"uri\" and \"readers\" name different databases, as " + reader.getHost()
                            + " shows; write the same at the end of each");
        }
    }

    static void checkPrefix(String prefix, Topology topology) {
        refuse(prefix.isBlank(), "\"prefix\" is empty; write a word and a colon, such as shop:");
        refuse(
                topology == Topology.CLUSTER && prefix.contains("{"),
                "\"prefix\" has braces, which put all keys of the cluster into one slot; leave them out: " + prefix);
    }

    static void checkReads(
            Topology topology,
            @Nullable SentinelSettings sentinel,
            List<URI> readers,
            ReadFrom readFrom,
            boolean staleReads) {
        boolean toReplicas = readFrom == ReadFrom.REPLICA;
        refuse(
                toReplicas && !staleReads,
                "\"readFrom\": \"replica\" gives values that were replaced a moment ago; if all caches of this store can live with "
                        + "that, write \"staleReads\": true beside it");
        refuse(
                !toReplicas && staleReads,
                "\"staleReads\" does nothing but with \"readFrom\": \"replica\"; write both, or neither");
        refuse(
                !toReplicas && !readers.isEmpty(),
                "\"readers\" are asked with \"readFrom\": \"replica\" alone; write that, or leave them out");
        refuse(
                toReplicas && topology == Topology.STANDALONE && sentinel == null && readers.isEmpty(),
                "\"readFrom\": \"replica\" needs \"readers\"; write the replicas, or the endpoint that stands for them");
    }

    static void checkSecurity(List<URI> servers, @Nullable AuthSettings auth, @Nullable TlsSettings tls) {
        boolean isEncrypted = servers.stream().allMatch(Addresses::isEncrypted);
        refuse(
                tls != null && !isEncrypted,
                "\"tls\" is set, but the address begins with redis://; write rediss://, or leave \"tls\" out");
        refuse(
                auth != null && auth.needsTls() && !isEncrypted,
                "\"iam\" needs TLS; let the address begin with rediss://");
    }

    static void checkCredentials(RedisSettings settings, CredentialsProvider credentials) {
        refuse(
                settings.auth() != null,
                "\"auth\" cannot be combined with credentials from code; leave one of them out");
        String where = settings.sentinel() != null ? "sentinel" : settings.uri() != null ? "uri" : "nodes";
        refuse(
                credentials.needsTls() && !settings.servers().stream().allMatch(Addresses::isEncrypted),
                "\"" + where
                        + "\" begins with redis://, but the credentials from code need TLS, as those of IAM do; let it begin with rediss://");
    }

    private static void refuse(boolean wrong, String message) {
        if (wrong) {
            throw new IllegalArgumentException(message);
        }
    }
}
