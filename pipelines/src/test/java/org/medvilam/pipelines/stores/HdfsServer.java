package org.medvilam.pipelines.stores;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/** Hadoop's own name node and one data node, in this process. */
final class HdfsServer implements StorageServer {
  private final MiniDFSCluster cluster;

  HdfsServer(Path folder) throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.toString());
    cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
    cluster.waitActive();
  }

  @Override
  public String root() {
    return "hdfs://127.0.0.1:" + cluster.getNameNodePort() + "/data";
  }

  @Override
  public List<String> flags() {
    return List.of();
  }

  @Override
  public void close() {
    cluster.shutdown(true);
  }
}
