import { Project as ProjectResource } from '@cdktf/provider-digitalocean/lib/project';
import { Lazy } from 'cdktf';
import { Construct } from 'constructs';

export interface ProjectProps {
  readonly name: string;
  readonly description: string;
}

/** A DigitalOcean project: the environment's resources together, in the control panel and on the bill. */
export class Project extends Construct {
  readonly id: string;
  private readonly members: string[] = [];

  constructor(scope: Construct, id: string, props: ProjectProps) {
    super(scope, id);
    const project = new ProjectResource(this, 'Resource', {
      name: props.name,
      description: props.description,
      purpose: 'Web Application',
      resources: Lazy.listValue({ produce: () => [...this.members] }),
    });
    this.id = project.id;
  }

  /** Takes a resource into the project, by its URN. */
  add(urn: string): void {
    this.members.push(urn);
  }
}
